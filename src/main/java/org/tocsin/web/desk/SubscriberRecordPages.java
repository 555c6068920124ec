package org.tocsin.web.desk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.Staff;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.Person;
import org.tocsin.subscribers.SubscriberId;
import org.tocsin.subscribers.Subscribers;
import org.tocsin.subscribers.Subscribers.Card;
import org.tocsin.subscribers.Topics;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/**
 * One subscriber: what is known, what was done, the address for who needs it, and what was asked by
 * letter.
 */
public final class SubscriberRecordPages {
  private static final Set<String> DONE = Set.of("left");

  private final Pages pages;
  private final Subscribers subscribers;
  private final Staff staff;

  public SubscriberRecordPages(Pages pages, Subscribers subscribers, Staff staff) {
    this.pages = pages;
    this.subscribers = subscribers;
    this.staff = staff;
  }

  /** One thing that was done: by whom, in words, and about which topics. */
  public record Line(AuditEntry entry, Optional<String> who, String topics) {}

  /**
   * @param open whether the address and the name are shown
   */
  public record RecordModel(Card card, boolean open, List<Line> history, String done) {
    public Person person() {
      return card.person();
    }
  }

  /** Asks before erasing. */
  public record Erasing(Person person, FormProblems problems) {}

  /** GET /desk/subscribers/:id */
  public void show(RoutingContext ctx) {
    Card card = subscribers.look(id(ctx)).orElseThrow(SubscriberRecordPages::nobody);
    show(ctx, card, false, Params.query(ctx, "done", 20).filter(DONE::contains).orElse(""));
  }

  /** POST /desk/subscribers/:id/open */
  public void open(RoutingContext ctx) {
    show(
        ctx,
        subscribers.open(actor(ctx), id(ctx)).orElseThrow(SubscriberRecordPages::nobody),
        true,
        "");
  }

  private void show(RoutingContext ctx, Card card, boolean open, String done) {
    Messages words = pages.language(ctx);
    pages.show(
        ctx,
        "desk/subscriber",
        new RecordModel(
            card, open, card.history().stream().map(entry -> line(entry, words)).toList(), done));
  }

  private Line line(AuditEntry entry, Messages words) {
    Optional<String> who =
        staff.list().stream()
            .map(Staff.Entry::member)
            .filter(member -> member.id().actor().equals(entry.actor()))
            .map(member -> member.name())
            .findFirst();
    JsonArray topics = new JsonObject(entry.detail()).getJsonArray("topics", new JsonArray());
    return new Line(
        entry,
        who,
        String.join(", ", Topics.labels(topics.stream().map(String::valueOf).toList(), words)));
  }

  /** POST /desk/subscribers/:id/leave */
  public void leave(RoutingContext ctx) {
    SubscriberId id = id(ctx);
    if (subscribers.leaveAll(actor(ctx), id).isEmpty()) {
      throw nobody();
    }
    Pages.redirect(ctx, SubscriberPages.PAGE + "/" + id.value() + "?done=left");
  }

  /** GET /desk/subscribers/:id/erase */
  public void showErase(RoutingContext ctx) {
    erasing(ctx, 200, FormProblems.NONE);
  }

  /** POST /desk/subscribers/:id/erase */
  public void erase(RoutingContext ctx) {
    if (!Form.of(ctx).checked("sure")) {
      erasing(
          ctx,
          422,
          FormProblems.of("sure", pages.language(ctx).text("desk.subscriber.erase.not_sure")));
      return;
    }
    if (subscribers.erase(actor(ctx), id(ctx)).isEmpty()) {
      throw nobody();
    }
    Pages.redirect(ctx, SubscriberPages.PAGE + "?done=erased");
  }

  private void erasing(RoutingContext ctx, int status, FormProblems problems) {
    Card card = subscribers.look(id(ctx)).orElseThrow(SubscriberRecordPages::nobody);
    pages.show(ctx, status, "desk/subscriber_erase", new Erasing(card.person(), problems));
  }

  private static SubscriberId id(RoutingContext ctx) {
    return new SubscriberId(SubscriberPages.number(Params.path(ctx, "id")));
  }

  private static String actor(RoutingContext ctx) {
    return Visitor.staff(ctx).id().actor();
  }

  private static NotFound nobody() {
    return new NotFound("subscriber");
  }
}
