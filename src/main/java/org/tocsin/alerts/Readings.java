package org.tocsin.alerts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.alerts.AlertRepository.Shown;
import org.tocsin.alerts.Reading.Standing;
import org.tocsin.alerts.Reading.Version;
import org.tocsin.audit.Audit;
import org.tocsin.cases.Reference;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.TextRules;
import org.tocsin.platform.time.UtcDay;

/**
 * The portal's side of alerts: what a member may read, rendered from what was frozen for their
 * circle and with their rights, whoever wrote it (I2); and what they report.
 */
public final class Readings {
  private static final int MAX_REPORTS = 100;
  private static final int MAX_TARGET = 400;
  private static final int MAX_REPLY = 4_000;
  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

  private final Database database;
  private final InstantSource clock;
  private final Audit audit;
  private final AlertRepository alerts;
  private final ReportRepository reports;
  private final ReaderRepository readers = new ReaderRepository();

  public Readings(Database database, Sealer sealer, InstantSource clock, Audit audit) {
    AlertVault vault = new AlertVault(sealer);
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.alerts = new AlertRepository(vault);
    this.reports = new ReportRepository(vault);
  }

  /**
   * All that this member may read, the newest chain first.
   *
   * <p>Invariant: whoever is shown a word of a chain is noted before, so that its stop goes to them
   * too, letter or no letter. Whoever is noted for the first time is shown what there is then: a
   * stop that came first has silenced it.
   */
  public List<Reading> of(Member member) {
    List<Reading> shown = all(member);
    List<ChainId> read =
        shown.stream().filter(reading -> reading.latest().isPresent()).map(Reading::chain).toList();
    boolean first = !read.isEmpty() && readers.note(database, read, member.id(), clock.instant());
    return first ? all(member) : shown;
  }

  private List<Reading> all(Member member) {
    Instant now = clock.instant();
    Map<ChainId, List<Shown>> chains = new LinkedHashMap<>();
    for (Shown shown : alerts.shown(database, now)) {
      chains.computeIfAbsent(shown.alert().chain().id(), anyhow -> new ArrayList<>()).add(shown);
    }
    return chains.values().stream()
        .map(messages -> reading(member, messages, UtcDay.of(now)))
        .flatMap(Optional::stream)
        .toList();
  }

  public Reading get(Member member, Reference reference) {
    return of(member).stream()
        .filter(reading -> reading.reference().equals(reference))
        .findFirst()
        .orElseThrow(() -> new NotFound("alert"));
  }

  /**
   * What this reader has before them, or would have if the message were let go now: for those who
   * write, approve and release it.
   *
   * @param frozen what was submitted, or would be
   */
  public Optional<Reading> preview(Member reader, Alert alert, Frozen frozen) {
    Instant now = clock.instant();
    Stream<Shown> out =
        alerts.shown(database, now).stream()
            .filter(one -> one.alert().chain().id().equals(alert.chain().id()));
    List<Shown> messages =
        alert.isOut()
            ? out.toList()
            : Stream.concat(
                    Stream.of(new Shown(alert.asLetGo(now), frozen)),
                    out.filter(one -> one.alert().no() < alert.no()))
                .toList();
    return messages.isEmpty() ? Optional.empty() : reading(reader, messages, UtcDay.of(now));
  }

  /**
   * Where the latest word is not for this member, the earlier ones are not shown as if they were.
   *
   * @param messages of one chain that were let go, the latest first
   */
  private static Optional<Reading> reading(Member member, List<Shown> messages, LocalDate today) {
    Chain chain = messages.getFirst().alert().chain();
    if (messages.stream().noneMatch(one -> forCircle(member, one))
        || (!chain.stopped() && messages.stream().anyMatch(one -> refused(member, one)))) {
      return Optional.empty();
    }
    Standing standing =
        forCircle(member, messages.getFirst()) || chain.stopped()
            ? standing(messages.getFirst(), today)
            : Standing.HELD;
    boolean silent = standing == Standing.HELD || standing == Standing.STOPPED;
    return Optional.of(
        new Reading(
            chain.id(),
            chain.reference(),
            standing,
            silent
                ? List.of()
                : messages.stream()
                    .filter(one -> forCircle(member, one))
                    .map(one -> new Version(one.frozen(), at(one)))
                    .toList(),
            chain.end().map(Chain.End::at).orElse(at(messages.getFirst()))));
  }

  private static Instant at(Shown shown) {
    return shown.alert().letGoAt().orElseThrow();
  }

  /** Practice is read by those who practise, and the real by those it was approved for. */
  private static boolean forCircle(Member member, Shown one) {
    return one.frozen().draft().circles().contains(member.circle());
  }

  private static boolean refused(Member member, Shown one) {
    return member.wishes().refused().contains(one.frozen().country());
  }

  private static Standing standing(Shown latest, LocalDate today) {
    return switch (latest.alert().state()) {
      case STOPPED -> Standing.STOPPED;
      case CLOSED -> Standing.CLOSED;
      case EXPIRED -> Standing.EXPIRED;
      // Mail may still be on its way to somebody when the day is over.
      case RELEASING, ACTIVE ->
          latest.frozen().draft().actBy().filter(today::isAfter).isPresent()
              ? Standing.EXPIRED
              : Standing.OPEN;
      // Held before, or about to be let go again.
      case SCHEDULED, HELD, APPROVED, DRAFT, IN_REVIEW -> Standing.HELD;
    };
  }

  /** A report in its one spelling, or what is wrong with it. */
  public ReportDraft checked(ReportDraft draft, Messages words) {
    TextRules rules = new TextRules(words, "alerts");
    ReportDraft tidy =
        new ReportDraft(
            draft.way(),
            draft.on(),
            rules.text("target", draft.target(), MAX_TARGET),
            rules.text("reply", draft.reply(), MAX_REPLY));
    if (draft.on().isBefore(EARLIEST)
        || draft.on().isAfter(UtcDay.of(clock.instant()).plusDays(1))) {
      rules.problem("on", "past_date");
    }
    rules.check();
    return tidy;
  }

  /** Also after a stop: what was done before it is told too. */
  public void report(Member member, Reference reference, ReportDraft draft, Messages words) {
    Reading reading = get(member, reference);
    ReportDraft tidy = checked(draft, words);
    database.inTransaction(
        tx -> {
          if (reports.ofMember(tx, reading.chain(), member.id(), MAX_REPORTS).size()
              == MAX_REPORTS) {
            throw new Conflict("too_many_reports", "That is more than can be taken in");
          }
          reports.insert(tx, reading.chain(), member.id(), tidy, clock.instant());
          audit.record(
              tx,
              "person",
              "alert.reported",
              "chain:" + reading.chain().value(),
              new JsonObject().put("way", AlertBook.word(tidy.way())));
        });
  }

  /** The member's own, newest first. */
  public List<ActionReport> own(Member member, ChainId chain) {
    return reports.ofMember(database, chain, member.id(), MAX_REPORTS);
  }

  /** For the desk: all of a chain, newest first. */
  public List<ActionReport> reports(ChainId chain, int limit) {
    return reports.ofChain(database, chain, limit);
  }

  /** Wipes what a member wrote and read who is erased; that they did something still counts. */
  public void forget(Tx tx, MemberId id) {
    readers.forget(tx, id);
    reports.forget(tx, id);
  }

  public Map<ActionReport.Way, Long> counts(ChainId chain) {
    return reports.counts(database, chain);
  }
}
