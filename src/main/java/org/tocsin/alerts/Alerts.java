package org.tocsin.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.ConsentWatch;
import org.tocsin.cases.Obstacle;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.Approval;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseOrder.Mode;

/** The desk's side of alerts. Whoever calls has asked for the {@code Permission}. */
public final class Alerts {
  private final AlertBook book;
  private final Ways ways;
  private final Drafting drafting;
  private final AlertReview review;
  private final Launch launch;
  private final Holding holding;
  private final AlertSends sends;
  private final Stopping stopping;
  private final StopReach stopReach;

  /**
   * @param lastLook how long a released message waits where nobody says otherwise
   * @param references nobody must be able to guess what comes of it
   */
  public Alerts(
      AlertBook book,
      Ways ways,
      Broadcasts broadcasts,
      ThinPress thin,
      Duration lastLook,
      RandomGenerator references) {
    this.book = book;
    this.ways = ways;
    this.drafting = new Drafting(book, thin, references);
    this.review = new AlertReview(book);
    this.holding = new Holding(book, ways);
    this.launch = new Launch(book, ways, holding, lastLook);
    this.sends = new AlertSends(book, ways, holding);
    this.stopping = new Stopping(book, ways);
    this.stopReach = new StopReach(book, broadcasts);
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return AlertVault.SEALED_TABLES;
  }

  /** To be told when a consent ends. */
  public ConsentWatch consentWatch() {
    return holding;
  }

  /** What may be done to the broadcasts that carry alerts. */
  public BroadcastOwner broadcastOwner() {
    return sends;
  }

  /**
   * Begins a chain. Forbidden {@code not_on_team}.
   *
   * @param about none for practice only
   */
  public Alert create(
      Optional<CaseId> about, Mode mode, AlertDraft draft, StaffId staff, Messages words) {
    return drafting.create(about, mode, draft, staff, words);
  }

  /**
   * The next message of this message's chain, as a draft. Conflict {@code nothing_to_update},
   * {@code update_open}, {@code chain_ended}, {@code stop_drafted}.
   */
  public Alert update(AlertId id, AlertDraft draft, StaffId staff, Messages words) {
    return drafting.update(id, draft, staff, words);
  }

  /** A changed text is a draft again, whatever was approved. Conflict {@code version_changed}. */
  public Alert edit(AlertId id, int version, AlertDraft draft, StaffId staff, Messages words) {
    return drafting.edit(id, version, draft, staff, words);
  }

  /** {@link #submit(AlertId, Optional, Set, StaffId, Messages)}, confirming nothing. */
  public Alert submit(AlertId id, StaffId staff, Messages words) {
    return drafting.submit(id, Optional.empty(), Set.of(), staff, words);
  }

  /**
   * Freezes what will be shown and sent. Conflict {@code already_submitted}, {@code
   * version_changed}; Invalid {@code confirmation_needed} with the code of each {@link Doubt} that
   * was not confirmed.
   *
   * @param seen the version that was read, where a page showed it
   * @param confirmed codes of the doubts that are meant
   */
  public Alert submit(
      AlertId id, Optional<Integer> seen, Set<String> confirmed, StaffId staff, Messages words) {
    return drafting.submit(id, seen, confirmed, staff, words);
  }

  /**
   * Forbidden {@code approver_is_editor}; Conflict {@code content_changed}, {@code not_in_review},
   * {@code already_approved}, or what the case's gate says ({@code consent_missing}, …).
   *
   * @param seen the hash of what the approver read, where a page showed it
   */
  public Alert approve(AlertId id, StaffId staff, Optional<ContentHash> seen) {
    return review.approve(id, staff, seen);
  }

  /** Back to a draft, from review or from approval. */
  public Alert reject(AlertId id, StaffId staff, String reason, Messages words) {
    return review.reject(id, staff, reason, words);
  }

  /**
   * Conflict {@code not_approved}, {@code content_changed}, {@code already_released}, {@code
   * act_by_passed}, {@code everything_held}, {@code superseded}, {@code nothing_to_send}, or what
   * the case's gate says.
   *
   * @param notBefore a moment to come, if later than the last look
   * @param lastLook how long it can still be held before anything leaves; none means the settings'
   */
  public ReleasedAlert release(
      AlertId id, StaffId staff, Optional<Instant> notBefore, Optional<Duration> lastLook) {
    return launch.release(id, staff, notBefore, lastLook);
  }

  /** Lets go what is due; see {@link Launch#round}. */
  public boolean launchRound() {
    return launch.round();
  }

  /** One person is enough; nothing further leaves within a second. */
  public Alert hold(AlertId id, StaffId staff) {
    return holding.hold(id, staff);
  }

  /** Needs two: the first call asks, another person's makes it APPROVED, to be released again. */
  public Alert resume(AlertId id, StaffId staff) {
    return holding.resume(id, staff);
  }

  /** Stops the whole chain; see {@link Stopping}. */
  public Alert stop(AlertId id, StopReason reason, StaffId staff) {
    return stopping.stop(id, reason, staff);
  }

  /** How far the stop of a chain has come; empty where there is none. */
  public Optional<Told> told(Chain chain, int most) {
    return stopReach.of(chain, most);
  }

  /** A second person looked at a stop afterwards. */
  public Alert confirmStop(AlertId id, StaffId staff) {
    return stopping.confirm(id, staff);
  }

  /** Ends a chain that did its work. */
  public Alert close(AlertId id, String outcome, StaffId staff, Messages words) {
    return stopping.close(id, outcome, staff, words);
  }

  public Alert get(AlertId id) {
    return book.get(book.database, id);
  }

  /**
   * As this member of staff may see it: that of a sealed case is not there for others. That they
   * read it is written down.
   */
  public Alert open(AlertId id, StaffId viewer) {
    Alert found = require(id, viewer);
    book.audit.read(viewer.actor(), "alert", id.subject(), 0);
    return found;
  }

  /** As {@link #open}, for what only does something with it and shows nothing of it. */
  public Alert require(AlertId id, StaffId viewer) {
    Alert found = get(id);
    found.chain().caseId().ifPresent(about -> book.cases.require(about, viewer));
    return found;
  }

  /** Whether they may read it: whoever works at alerts, and of a sealed case its team. */
  public boolean shownTo(Alert alert, StaffMember viewer) {
    return viewer.may(Permission.READ_ALERTS)
        && alert
            .chain()
            .caseId()
            .map(about -> book.cases.find(about, viewer.id()).isPresent())
            .orElse(true);
  }

  /** In the order of the chain. */
  public List<Alert> chain(ChainId chain) {
    return book.alerts.ofChain(book.database, chain, book.now());
  }

  /** Newest first. */
  public List<Alert> ofCase(CaseId about) {
    return book.alerts.ofCase(book.database, about, book.now());
  }

  /**
   * What this member of staff may see, newest first, those before a message's number. That they
   * were read is written down.
   */
  public List<Alert> list(StaffId viewer, long before, int limit) {
    List<Alert> found = visibleTo(viewer, before, limit);
    book.audit.read(viewer.actor(), "alerts", "alerts", found.size());
    return found;
  }

  /** For features; a page asks {@link #list}. */
  public List<Alert> visibleTo(StaffId viewer, long before, int limit) {
    return book.alerts.list(book.database, viewer, before, limit, book.now());
  }

  /** What an endpoint of the network is sent, to the letter, but for the time. */
  public String event(Alert alert) {
    return ways.preview(alert);
  }

  /** What was submitted; for a draft, what would be; a stop has only its letters. */
  public Frozen frozen(Alert alert) {
    return book.alerts.frozen(book.database, alert.id()).orElseGet(() -> drafting.freeze(alert));
  }

  /** How it goes, or went. */
  public List<Sending> sendings(ChainId chain) {
    return book.sendings.ofChain(book.database, chain);
  }

  /** The message that a broadcast carries. */
  public Optional<AlertId> carriedBy(BroadcastId broadcast) {
    return book.sendings.carriedBy(book.database, broadcast);
  }

  /**
   * Let go, and held since because no member was sent them: for who released them, or for all who
   * may.
   */
  public List<Alert> stranded(StaffMember viewer) {
    return book.alerts.stranded(
        book.database, viewer.id(), viewer.may(Permission.RELEASE_ALERT), book.now());
  }

  /** What stands in the way just now. */
  public Set<Obstacle> obstacles(Alert alert) {
    return book.database.transaction(
        tx ->
            Gate.of(book.cases, tx, alert.chain().caseId())
                .obstacles(alert.draft().map(AlertDraft::circles).orElse(Set.of())));
  }

  /** All who wrote at it, in the order in which they first did. */
  public List<StaffId> editors(AlertId id) {
    return book.releases.editors(book.database, id.subject());
  }

  /** The last approval given, whether or not it still holds. */
  public Optional<Approval> latestApproval(AlertId id) {
    return book.releases.latestApproval(book.database, id.subject());
  }
}
