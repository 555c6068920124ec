package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alerts;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.DeliveryExport;
import org.tocsin.broadcasts.DomainTally;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Waiting;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Sends: the list, the live board of one, what became of each recipient, and the controls. */
public final class BroadcastPages {
  private static final String KIND = "broadcast";
  private static final int PAGE = 50;
  private static final int DELIVERIES = 100;

  private final Broadcasts broadcasts;
  private final Controls controls;
  private final DeliveryExport export;
  private final Alerts alerts;
  private final OpaqueIds ids;
  private final Pages pages;
  private final InstantSource clock;

  public BroadcastPages(
      Broadcasts broadcasts,
      Controls controls,
      DeliveryExport export,
      Alerts alerts,
      OpaqueIds ids,
      Pages pages,
      InstantSource clock) {
    this.broadcasts = broadcasts;
    this.controls = controls;
    this.export = export;
    this.alerts = alerts;
    this.ids = ids;
    this.pages = pages;
    this.clock = clock;
  }

  /** A broadcast and the id its page has. */
  public record Row(String id, Progress progress) {}

  public record ListModel(List<Row> rows, Optional<String> next) {}

  /**
   * The live board.
   *
   * @param brake where the alert that it carries can be held and stopped
   * @param offered what may be done to it by whoever looks, if it stands so
   * @param waiting who waits in the queue, and why
   * @param domains how it goes with whom
   * @param mayHaveRead how many may have read an urgent message that ended, whatever was answered;
   *     of others a stop is never sent, and nobody counts
   * @param rate accepted per second since the start
   * @param left the estimate until only those who wait are left
   */
  public record Board(
      String id,
      Progress progress,
      Optional<String> brake,
      Set<BroadcastVerb> offered,
      boolean scheduled,
      List<Waiting> waiting,
      List<DomainTally> domains,
      long mayHaveRead,
      double rate,
      Optional<Duration> left) {
    public boolean offers(String verb) {
      return offered.contains(BroadcastVerb.valueOf(verb));
    }

    /** The sentence at the top, by its key: how it stands, or what became of it. */
    public String says() {
      if (progress.halted()) {
        return "HALTED";
      }
      if (progress.state() == Progress.State.COMPLETED && progress.acceptedByNobody()) {
        return progress.total() == 0 ? "NOBODY" : "ACCEPTED_BY_NOBODY";
      }
      return progress.state().name();
    }

    /** Whether more may have read it than the answers say. */
    public boolean readByMore() {
      return mayHaveRead > progress.taken();
    }

    /** A share of the bar, in thousandths of its width. */
    public int share(int count) {
      return progress.total() == 0 ? 0 : (int) Math.round(1000.0 * count / progress.total());
    }

    /** The bar's pieces in their order, with their counts. */
    public List<Map.Entry<String, Integer>> pieces() {
      return List.of(
          Map.entry("sent", progress.sent()),
          Map.entry("in_doubt", progress.inDoubt()),
          Map.entry("failed", progress.failed()),
          Map.entry("suppressed", progress.suppressed()),
          Map.entry("withheld", progress.withheld()),
          Map.entry("cancelled", progress.cancelled()),
          Map.entry("pending", progress.pending()));
    }

    /** What to do, where it is the relay that they wait for. */
    public Optional<RelayFault.Advice> advice(Waiting waiting) {
      return waiting.reason() == Waiting.Reason.RELAY
          ? RelayFault.of(waiting.why()).map(RelayFault::advice)
          : Optional.empty();
    }

    /** Where a piece begins, in thousandths. */
    public int start(int piece) {
      return pieces().subList(0, piece).stream()
          .mapToInt(Map.Entry::getValue)
          .map(this::share)
          .sum();
    }
  }

  public record DeliveriesModel(
      String id,
      Progress progress,
      List<Delivery> deliveries,
      boolean kept,
      Optional<String> state,
      List<String> states,
      Optional<String> next) {}

  public void list(RoutingContext ctx) {
    long before =
        Params.query(ctx, "before", 60).map(id -> read(id).value()).orElse(Long.MAX_VALUE);
    List<Progress> found = broadcasts.recent(before, PAGE);
    List<Row> rows =
        found.stream().map(progress -> new Row(show(progress.id()), progress)).toList();
    pages.show(
        ctx,
        "desk/broadcasts",
        new ListModel(
            rows, rows.size() < PAGE ? Optional.empty() : Optional.of(rows.getLast().id())));
  }

  public void show(RoutingContext ctx) {
    pages.show(ctx, "desk/broadcast", board(ctx));
  }

  /** The part of the page that changes; fetched every second while there is something to tell. */
  public void boardPart(RoutingContext ctx) {
    pages.show(ctx, "desk/broadcast_board", board(ctx));
  }

  private long mayHaveRead(Progress progress) {
    return progress.lane() == Lane.URGENT && progress.state().ended()
        ? broadcasts.reached(List.of(progress.id()))
        : 0;
  }

  private Board board(RoutingContext ctx) {
    Progress progress =
        broadcasts.find(read(Params.path(ctx, "id"))).orElseThrow(() -> new NotFound(KIND));
    Instant now = clock.instant();
    double seconds =
        progress
            .startedAt()
            .map(
                start ->
                    Duration.between(start, progress.finishedAt().orElse(now)).toMillis() / 1000.0)
            .orElse(0.0);
    double rate = seconds > 0 ? progress.settled() / seconds : 0;
    List<Waiting> waiting = broadcasts.waiting(progress.id());
    int next = progress.pending() - waiting.stream().mapToInt(Waiting::many).sum();
    boolean running = progress.state() == Progress.State.RUNNING && rate > 0 && next > 0;
    return new Board(
        show(progress.id()),
        progress,
        alerts.carriedBy(progress.id()).map(alert -> new AlertIds(ids).path(alert) + "/stop"),
        offered(progress, Visitor.staff(ctx)),
        progress.state() == Progress.State.SNAPSHOTTING && progress.notBefore().isAfter(now),
        waiting,
        broadcasts.domains(progress.id()),
        mayHaveRead(progress),
        rate,
        running ? Optional.of(Duration.ofSeconds((long) (next / rate))) : Optional.empty());
  }

  private Set<BroadcastVerb> offered(Progress progress, StaffMember to) {
    return EnumSet.allOf(BroadcastVerb.class).stream()
        .filter(verb -> controls.offers(progress, verb, to))
        .collect(Collectors.toUnmodifiableSet());
  }

  public void deliveries(RoutingContext ctx) {
    BroadcastId id = read(Params.path(ctx, "id"));
    Progress progress = broadcasts.find(id).orElseThrow(() -> new NotFound(KIND));
    Optional<String> state = Params.query(ctx, "state", 20).filter(DeliveryStates.ALL::contains);
    Optional<OpaqueIds.Pair> after =
        Params.query(ctx, "after", 60).flatMap(cursor -> ids.decodePair("delivery page", cursor));
    List<Delivery> page =
        broadcasts.deliveries(
            id,
            after.map(pair -> (int) pair.first()).orElse(0),
            after.map(OpaqueIds.Pair::second).orElse(0),
            DELIVERIES,
            state.map(word -> word.toUpperCase(Locale.ROOT)));
    Optional<String> next =
        page.size() < DELIVERIES
            ? Optional.empty()
            : Optional.of(
                ids.encode("delivery page", page.getLast().segment(), page.getLast().ord()));
    pages.show(
        ctx,
        "desk/deliveries",
        new DeliveriesModel(
            show(id),
            progress,
            page,
            broadcasts.keepsDeliveries(id),
            state,
            DeliveryStates.ALL,
            next));
  }

  /** POST …/report: all of it as CSV; a POST, because it is written down. */
  public void report(RoutingContext ctx) {
    String id =
        broadcasts
            .find(read(Params.path(ctx, "id")))
            .map(progress -> show(progress.id()))
            .orElseThrow(() -> new NotFound(KIND));
    ctx.response()
        .setChunked(true)
        .putHeader("Content-Type", "text/csv; charset=utf-8")
        .putHeader("Content-Disposition", "attachment; filename=\"deliveries-" + id + ".csv\"");
    try (ResponseWriter out = new ResponseWriter(ctx.response())) {
      export.write(Visitor.staff(ctx).id().actor(), Optional.of(id), out);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public void pause(RoutingContext ctx) {
    control(ctx, BroadcastVerb.PAUSE);
  }

  public void resume(RoutingContext ctx) {
    control(ctx, BroadcastVerb.RESUME);
  }

  public void cancel(RoutingContext ctx) {
    control(ctx, BroadcastVerb.CANCEL);
  }

  public void retryFailed(RoutingContext ctx) {
    control(ctx, BroadcastVerb.RETRY_FAILED);
  }

  public void resendInDoubt(RoutingContext ctx) {
    control(ctx, BroadcastVerb.RESEND_IN_DOUBT);
  }

  private void control(RoutingContext ctx, BroadcastVerb verb) {
    BroadcastId id = read(Params.path(ctx, "id"));
    controls.perform(id, verb, Visitor.staff(ctx));
    Pages.redirect(ctx, "/desk/broadcasts/" + show(id));
  }

  private String show(BroadcastId id) {
    return ids.encode(KIND, id.value());
  }

  private BroadcastId read(String id) {
    return new BroadcastId(ids.decode(KIND, id).orElseThrow(() -> new NotFound(KIND)));
  }
}
