package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consent;
import org.tocsin.cases.ConsentDraft;
import org.tocsin.cases.ConsentId;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.WorkState;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Forms that decide: a step, a consent given or revoked, who is of the team. */
public final class CaseVerbForms {
  private static final List<String> NOTHING = List.of();
  private static final String STEP = "desk/case_step";
  private static final String CONSENT = "desk/case_consent";
  private static final String REVOKE = "desk/case_revoke";
  private static final String TEAM = "desk/case_team";

  private final Cases cases;
  private final Consents consents;
  private final CaseTeam teams;
  private final Staff staff;
  private final CaseForms forms;

  public CaseVerbForms(
      Cases cases, Consents consents, CaseTeam teams, Staff staff, CaseForms forms) {
    this.cases = cases;
    this.consents = consents;
    this.teams = teams;
    this.staff = staff;
    this.forms = forms;
  }

  /** GET /desk/cases/{id}/step */
  public void askStep(RoutingContext ctx) {
    forms.show(ctx, STEP, Map.of("to", Params.query(ctx, "to", 20).orElse("")), NOTHING);
  }

  /** POST /desk/cases/{id}/step: every step but the one that confirms. */
  public void step(RoutingContext ctx) {
    forms.attempt(
        ctx,
        STEP,
        NOTHING,
        (id, answers, by, words) -> {
          WorkState to = answers.needed("to", WorkState.class);
          String reason = answers.text("reason");
          if (to == WorkState.ACTIVE) {
            answers.problem("to", "choose.to");
          }
          answers.check();
          cases.move(id, answers.version(), to, reason, by, words);
        });
  }

  /** GET /desk/cases/{id}/confirm */
  public void askConfirm(RoutingContext ctx) {
    forms.show(ctx, "desk/case_confirm", Map.of(), gate(ctx));
  }

  /** POST /desk/cases/{id}/confirm: a second person makes the case active. */
  public void confirm(RoutingContext ctx) {
    forms.attempt(
        ctx,
        "desk/case_confirm",
        gate(ctx),
        (id, answers, by, words) -> {
          String reason = answers.text("reason");
          answers.check();
          cases.move(id, answers.version(), WorkState.ACTIVE, reason, by, words);
        });
  }

  /**
   * @param gaps what the case lacks, as words
   * @param wrote whether the visitor wrote any of it
   */
  public record Gate(List<String> gaps, boolean wrote) {}

  private Gate gate(RoutingContext ctx) {
    CaseId id = forms.id(ctx);
    return new Gate(
        cases.gaps(id).stream().map(Enum::name).toList(),
        cases.writers(id).contains(Visitor.staff(ctx).id()));
  }

  /** GET /desk/cases/{id}/consent */
  public void askConsent(RoutingContext ctx) {
    forms.show(ctx, CONSENT, Map.of(), NOTHING);
  }

  /** POST /desk/cases/{id}/consent */
  public void giveConsent(RoutingContext ctx) {
    forms.attempt(
        ctx,
        CONSENT,
        NOTHING,
        (id, answers, by, words) -> {
          List<String> chosen = answers.several("scopes");
          Set<ConsentScope> scopes =
              Arrays.stream(ConsentScope.values())
                  .filter(scope -> chosen.contains(scope.name()))
                  .collect(Collectors.toSet());
          ConsentDraft draft =
              new ConsentDraft(
                  answers.needed("giver", Consent.Giver.class),
                  scopes,
                  answers.day("given", LocalDate.EPOCH),
                  answers.maybeDay("expires"),
                  answers.text("evidence"));
          answers.check();
          consents.give(id, draft, by, words);
        });
  }

  /** GET /desk/cases/{id}/revoke */
  public void askRevoke(RoutingContext ctx) {
    String consent = Params.query(ctx, "consent", 20).orElse("");
    forms.show(ctx, REVOKE, Map.of("consent", consent), NOTHING);
  }

  /** POST /desk/cases/{id}/revoke */
  public void revoke(RoutingContext ctx) {
    forms.attempt(
        ctx,
        REVOKE,
        NOTHING,
        (id, answers, by, words) -> {
          long consent = answers.number("consent").orElse(0);
          String reason = answers.text("reason");
          answers.check();
          consents.revoke(id, new ConsentId(consent), reason, by, words);
        });
  }

  /**
   * @param members who is of it, and whether that is the visitor
   * @param others who could be
   */
  public record People(List<StaffMember> members, List<StaffMember> others) {}

  /** GET /desk/cases/{id}/team */
  public void askTeam(RoutingContext ctx) {
    forms.show(ctx, TEAM, Map.of(), people(forms.id(ctx)));
  }

  /** POST /desk/cases/{id}/team */
  public void addMember(RoutingContext ctx) {
    forms.attempt(
        ctx,
        TEAM,
        people(forms.id(ctx)),
        (id, answers, by, words) -> {
          Optional<StaffMember> member = member(answers);
          if (member.isEmpty()) {
            answers.problem("member", "choose.member");
          }
          answers.check();
          teams.add(id, member.orElseThrow(), by, words);
        });
  }

  /** POST /desk/cases/{id}/team/remove */
  public void removeMember(RoutingContext ctx) {
    forms.attempt(
        ctx,
        TEAM,
        people(forms.id(ctx)),
        (id, answers, by, words) ->
            teams.remove(
                id,
                new StaffId(answers.number("member").orElseThrow(() -> new NotFound("member"))),
                by));
  }

  private Optional<StaffMember> member(CaseAnswers answers) {
    var number = answers.number("member");
    return number.isEmpty() ? Optional.empty() : staff.find(new StaffId(number.getAsLong()));
  }

  private People people(CaseId id) {
    List<StaffId> present = teams.members(id);
    List<StaffMember> readers =
        staff.list().stream()
            .filter(entry -> entry.ended().isEmpty())
            .map(Staff.Entry::member)
            .filter(member -> member.may(Permission.READ_CASES))
            .toList();
    return new People(
        staff.list().stream()
            .map(Staff.Entry::member)
            .filter(member -> present.contains(member.id()))
            .toList(),
        readers.stream().filter(member -> !present.contains(member.id())).toList());
  }
}
