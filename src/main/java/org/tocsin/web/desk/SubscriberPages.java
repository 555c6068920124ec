package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.tocsin.access.WishTally;
import org.tocsin.access.WishTally.Lately;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.Person;
import org.tocsin.subscribers.SubscriberExport;
import org.tocsin.subscribers.SubscriberId;
import org.tocsin.subscribers.SubscriberState;
import org.tocsin.subscribers.Subscribers;
import org.tocsin.subscribers.Subscribers.Overview;
import org.tocsin.subscribers.Topics;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** People: how many, a list without addresses, one found by the exact address, all as CSV. */
public final class SubscriberPages {
  static final String PAGE = "/desk/subscribers";
  private static final int ROWS = 50;
  private static final int LONGEST_EMAIL = 1_000;

  private final Pages pages;
  private final Subscribers subscribers;
  private final SubscriberExport export;
  private final WishTally tally;
  private final Topics topics;

  public SubscriberPages(
      Pages pages,
      Subscribers subscribers,
      SubscriberExport export,
      WishTally tally,
      Topics topics) {
    this.tally = tally;
    this.pages = pages;
    this.subscribers = subscribers;
    this.export = export;
    this.topics = topics;
  }

  /** What the list shows; empty means any. */
  public record Filter(String state, String topic) {
    static final Filter ALL = new Filter("", "");

    public String query() {
      return "state=" + state + "&topic=" + topic;
    }
  }

  /**
   * @param held what of the public's wishes waits or was refused
   * @param topics whom mail goes to, by topic, in the deployment's order
   * @param people to be shown masked
   * @param next the last one's number, where there may be more
   */
  public record ListModel(
      Overview overview,
      Lately held,
      Map<String, Long> topics,
      List<SubscriberState> states,
      Filter filter,
      List<Person> people,
      OptionalLong next,
      boolean erased,
      FormProblems problems) {}

  /** GET /desk/subscribers */
  public void list(RoutingContext ctx) {
    Filter filter = filter(Params.query(ctx, "state", 20), Params.query(ctx, "topic", 40));
    long before =
        Params.query(ctx, "before", 19).map(SubscriberPages::number).orElse(Long.MAX_VALUE);
    show(ctx, 200, filter, before, FormProblems.NONE);
  }

  private void show(
      RoutingContext ctx, int status, Filter filter, long before, FormProblems problems) {
    List<Person> found = subscribers.page(before, filter.state(), filter.topic(), ROWS);
    Overview overview = subscribers.overview();
    Map<String, Long> byTopic = new LinkedHashMap<>();
    topics.ids().forEach(topic -> byTopic.put(topic, overview.topics().getOrDefault(topic, 0L)));
    pages.show(
        ctx,
        status,
        "desk/subscribers",
        new ListModel(
            overview,
            tally.lately(),
            byTopic,
            List.of(SubscriberState.values()),
            filter,
            found,
            found.size() < ROWS
                ? OptionalLong.empty()
                : OptionalLong.of(found.getLast().id().value()),
            Params.query(ctx, "done", 20).filter("erased"::equals).isPresent(),
            problems));
  }

  private Filter filter(Optional<String> state, Optional<String> topic) {
    return new Filter(
        state
            .filter(
                word ->
                    Arrays.stream(SubscriberState.values()).anyMatch(s -> s.name().equals(word)))
            .orElse(""),
        topic.filter(topics::has).orElse(""));
  }

  /** POST /desk/subscribers/find: a POST, so that the address stands in no URL and no log. */
  public void find(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    String typed = Form.of(ctx).text("email", LONGEST_EMAIL);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    Optional<SubscriberId> found =
        address.flatMap(known -> subscribers.find(Visitor.staff(ctx).id().actor(), known));
    if (found.isPresent()) {
      Pages.redirect(ctx, PAGE + "/" + found.get().value());
      return;
    }
    String key = address.isEmpty() ? EmailAddress.problem(typed) : "desk.subscribers.find.nobody";
    show(
        ctx,
        address.isEmpty() ? 422 : 404,
        Filter.ALL,
        Long.MAX_VALUE,
        FormProblems.of("email", words.text(key)));
  }

  /** POST /desk/subscribers/export: a POST, because it is written down. */
  public void export(RoutingContext ctx) {
    Form form = Form.of(ctx);
    Filter filter =
        filter(Optional.of(form.line("state", 20)), Optional.of(form.line("topic", 40)));
    ctx.response()
        .setChunked(true)
        .putHeader("Content-Type", "text/csv; charset=utf-8")
        .putHeader("Content-Disposition", "attachment; filename=\"subscribers.csv\"");
    try (ResponseWriter out = new ResponseWriter(ctx.response())) {
      export.write(Visitor.staff(ctx).id().actor(), filter.state(), filter.topic(), out);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static long number(String text) {
    if (!text.matches("[0-9]{1,18}")) {
      throw new NotFound("subscriber");
    }
    return Long.parseLong(text);
  }
}
