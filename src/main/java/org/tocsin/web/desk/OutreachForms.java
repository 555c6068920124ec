package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.tocsin.cases.Cases;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialId;
import org.tocsin.officials.Officials;
import org.tocsin.outreach.ContactDraft;
import org.tocsin.outreach.ContactId;
import org.tocsin.outreach.Outreach;
import org.tocsin.outreach.Way;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Forms that write down what was said to an official about a case, and what came back. */
public final class OutreachForms {
  private static final String CONTACT = "desk/case_contact";
  private static final String REPLY = "desk/case_reply";

  private final Outreach outreach;
  private final Officials officials;
  private final Cases cases;
  private final CaseForms forms;
  private final Pages pages;

  public OutreachForms(
      Outreach outreach, Officials officials, Cases cases, CaseForms forms, Pages pages) {
    this.outreach = outreach;
    this.officials = officials;
    this.cases = cases;
    this.forms = forms;
    this.pages = pages;
  }

  /** Whom one may choose. */
  public record Choices(List<Choice> officials) {}

  /** One who is offered, and whether somebody should look at the entry again. */
  public record Choice(Official official, boolean overdue) {}

  /** GET /desk/cases/{id}/outreach */
  public void askContact(RoutingContext ctx) {
    forms.show(
        ctx,
        CONTACT,
        Map.of("way", Way.LETTER.name(), "made_on", officials.today().toString()),
        choices(ctx));
  }

  /** POST /desk/cases/{id}/outreach */
  public void addContact(RoutingContext ctx) {
    forms.attempt(
        ctx,
        CONTACT,
        choices(ctx),
        (id, answers, staff, words) -> {
          OptionalLong official = answers.number("official");
          if (official.isEmpty()) {
            answers.problem("official", "official");
          }
          ContactDraft draft =
              new ContactDraft(
                  new OfficialId(official.orElse(0)),
                  answers.needed("way", Way.class),
                  answers.day("made_on", LocalDate.EPOCH),
                  answers.text("text"));
          answers.check(() -> outreach.check(draft, words));
          outreach.add(id, draft, staff, words);
        });
  }

  /** Those of the case's own country first. */
  private Choices choices(RoutingContext ctx) {
    String country = cases.require(forms.id(ctx), Visitor.staff(ctx).id()).details().country();
    return new Choices(
        officials.open(Visitor.staff(ctx).id(), pages.language(ctx)).stream()
            .filter(one -> !one.retired())
            .sorted(Comparator.comparing(one -> !one.details().country().equals(country)))
            .map(one -> new Choice(one, one.overdue(officials.today())))
            .toList());
  }

  /** GET /desk/cases/{id}/reply?contact={number} */
  public void askReply(RoutingContext ctx) {
    String contact = Params.query(ctx, "contact", 20).orElse("");
    forms.show(
        ctx,
        REPLY,
        Map.of("contact", contact, "received_on", officials.today().toString()),
        List.of());
  }

  /** POST /desk/cases/{id}/reply */
  public void addReply(RoutingContext ctx) {
    forms.attempt(
        ctx,
        REPLY,
        List.of(),
        (id, answers, staff, words) -> {
          ContactId contact = new ContactId(answers.number("contact").orElse(0));
          LocalDate received = answers.day("received_on", LocalDate.EPOCH);
          String text = answers.text("text");
          answers.check(() -> outreach.checkReply(received, text, words));
          outreach.addReply(id, contact, received, text, staff, words);
        });
  }
}
