package org.tocsin.developments;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.ConsentWatch;
import org.tocsin.cases.Leak;
import org.tocsin.cases.LeakLint;
import org.tocsin.cases.LeakLint.Extent;
import org.tocsin.cases.Obstacle;
import org.tocsin.developments.Development.State;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** Developments, from the team's draft to the words that the public half may take. */
public final class Developments implements ConsentWatch {
  private static final Set<Obstacle> ABOUT_CONSENT =
      Set.of(Obstacle.CONSENT_MISSING, Obstacle.CONSENT_EXPIRED, Obstacle.CONSENT_REVOKED);

  private final Database database;
  private final InstantSource clock;
  private final Audit audit;
  private final Cases cases;
  private final LeakLint lint;
  private final Function<CaseId, ? extends Collection<String>> confidential;
  private final Releases releases;
  private final DevelopmentRepository developments;

  /**
   * @param confidential what must stand in no text about a case
   */
  public Developments(
      Database database,
      Sealer sealer,
      InstantSource clock,
      Audit audit,
      Cases cases,
      LeakLint lint,
      Function<CaseId, ? extends Collection<String>> confidential) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.cases = cases;
    this.lint = lint;
    this.confidential = confidential;
    this.releases = new Releases(clock);
    this.developments = new DevelopmentRepository(sealer);
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return DevelopmentRepository.SEALED_TABLES;
  }

  /** Forbidden {@code not_on_team}; Conflict {@code case_sealed}; every wrong field is named. */
  public DevelopmentId begin(CaseId about, DevelopmentDraft given, StaffId staff, Messages words) {
    DevelopmentDraft draft = given.checked(words);
    return database.transaction(
        tx -> {
          cases.lockForTeam(tx, about, staff);
          DevelopmentId id = developments.insert(tx, about, draft, staff, clock.instant());
          releases.edited(tx, id.subject(), staff, draft.hash());
          record(tx, staff.actor(), "drafted", id, new JsonObject().put("case", about.value()));
          return id;
        });
  }

  /**
   * Words that were cleared are a draft again.
   *
   * @param seen the hash of what the editor changed; Conflict {@code content_changed} where it is
   *     another by now
   */
  public void edit(
      DevelopmentId id, ContentHash seen, DevelopmentDraft given, StaffId staff, Messages words) {
    DevelopmentDraft draft = given.checked(words);
    change(
        id,
        staff,
        (tx, before) -> {
          requireSeen(before, seen);
          developments.rewrite(tx, id, draft, clock.instant());
          releases.edited(tx, id.subject(), staff, draft.hash());
          record(tx, staff.actor(), "edited", id, new JsonObject());
        });
  }

  /** Nobody shall use it; what a newsletter took already stays there. */
  public void drop(DevelopmentId id, StaffId staff) {
    change(
        id,
        staff,
        (tx, before) -> {
          developments.move(tx, id, State.DROPPED, clock.instant());
          record(tx, staff.actor(), "dropped", id, new JsonObject());
        });
  }

  private interface Work {
    void run(Tx tx, Development before);
  }

  /** By the team, with the case locked first, as everywhere. */
  private void change(DevelopmentId id, StaffId staff, Work work) {
    CaseId about = get(id).caseId();
    database.inTransaction(
        tx -> {
          cases.lockForTeam(tx, about, staff);
          work.run(tx, open(tx, id));
        });
  }

  private Development open(Tx tx, DevelopmentId id) {
    Development found = developments.lock(tx, id).orElseThrow(Developments::noSuchDevelopment);
    if (found.state() == State.DROPPED) {
      throw new Conflict("dropped", "This development was dropped");
    }
    return found;
  }

  /**
   * A second person lets these words go to the public half. Forbidden {@code approver_is_editor};
   * Conflict {@code content_changed}, {@code already_approved}, {@code dropped}, {@code
   * names_somebody}, {@code consent_missing}.
   *
   * @param seen the hash of what they read
   */
  public void clear(DevelopmentId id, ContentHash seen, StaffId staff) {
    Development read = open(id, staff);
    // Takes a while, so ask before anything is locked; the hash says that these are the words.
    if (!leaks(read).isEmpty()) {
      throw new Conflict("names_somebody", "These words tell what must not be told");
    }
    boolean names = names(read);
    database.inTransaction(
        tx -> {
          Optional<ConsentScope> consent = consent(tx, read.caseId(), names);
          Development before = open(tx, id);
          requireSeen(before, seen);
          requireSeen(read, seen);
          if (before.state() == State.CLEARED) {
            throw Releases.alreadyApproved();
          }
          if (consent.isEmpty()) {
            throw new Conflict("consent_missing", "Nobody consented to this being public");
          }
          ApprovalId approval = releases.approve(tx, id.subject(), staff, seen);
          developments.clear(tx, id, approval, names, clock.instant());
          record(
              tx,
              staff.actor(),
              "cleared",
              id,
              new JsonObject().put("hash", seen.hex()).put("consent", consent.get().name()));
        });
  }

  /** The certain places where these words tell of a case, a person or a filing they must not. */
  public List<Leak> leaks(Development development) {
    String words = development.draft().words();
    List<Leak> found = new ArrayList<>(lint.find(words, Extent.PUBLIC));
    found.addAll(LeakLint.findWords(words, confidential.apply(development.caseId())));
    found.removeIf(leak -> !leak.certain());
    return found;
  }

  /** Whether the person is named, for which there must be a consent. */
  private boolean names(Development development) {
    return lint.find(development.draft().words(), Extent.THIN).stream()
        .anyMatch(
            leak ->
                leak.certain()
                    && leak.kind() == Leak.Kind.NAME
                    && leak.caseId().equals(Optional.of(development.caseId())));
  }

  /** Which consent these words stand on; locks the case. */
  private Optional<ConsentScope> consent(Tx tx, CaseId about, boolean names) {
    List<ConsentScope> enough =
        names
            ? List.of(ConsentScope.PUBLIC_NAME)
            : List.of(ConsentScope.PUBLIC_NAME, ConsentScope.PUBLIC_ANONYMISED);
    return enough.stream()
        .filter(
            scope -> cases.obstacles(tx, about, scope).stream().noneMatch(ABOUT_CONSENT::contains))
        .findFirst();
  }

  @Override
  public void consentEnded(Tx tx, CaseId about) {
    for (Development cleared : developments.lockCleared(tx, about)) {
      if (consent(tx, about, cleared.names()).isEmpty()) {
        developments.move(tx, cleared.id(), State.DRAFT, clock.instant());
        // As if written anew: the approval is void, and the same words can be cleared once more.
        releases.edited(tx, cleared.id().subject(), cleared.writtenBy(), cleared.hash());
        record(tx, "system", "recalled", cleared.id(), new JsonObject());
      }
    }
  }

  /**
   * As this member of staff may see it: what is at a sealed case is there for its team alone. That
   * they read it is written down.
   */
  public Development open(DevelopmentId id, StaffId viewer) {
    Development found = require(id, viewer);
    audit.read(viewer.actor(), "development", id.subject(), 0);
    return found;
  }

  /** As {@link #open}, for what only does something with it and shows nothing of it. */
  public Development require(DevelopmentId id, StaffId viewer) {
    return developments
        .find(database, id)
        .filter(found -> cases.find(found.caseId(), viewer).isPresent())
        .orElseThrow(Developments::noSuchDevelopment);
  }

  /** What was cleared, for those who write for the public. */
  public Development cleared(DevelopmentId id) {
    return developments
        .find(database, id)
        .filter(found -> found.state() == State.CLEARED)
        .orElseThrow(Developments::noSuchDevelopment);
  }

  /**
   * Newest first; what is at a sealed case only for its team. That they were read is written down.
   */
  public List<Listed> list(StaffId viewer, int limit) {
    List<Listed> found =
        developments.open(database, limit).stream()
            .flatMap(
                one -> cases.find(one.caseId(), viewer).map(file -> new Listed(one, file)).stream())
            .toList();
    audit.read(viewer.actor(), "developments", "developments", found.size());
    return found;
  }

  /** A development that somebody may see, and its case. */
  public record Listed(Development development, CaseFile file) {}

  /** Cleared ones, newest first, for those who may know no case. */
  public List<Development> clearedOnes(int limit) {
    return developments.cleared(database, limit);
  }

  /** Newest first. */
  public List<Development> ofCase(CaseId id) {
    return developments.ofCase(database, id);
  }

  /** All who wrote at it, in the order in which they first did. */
  public List<StaffId> editors(DevelopmentId id) {
    return releases.editors(database, id.subject());
  }

  private Development get(DevelopmentId id) {
    return developments.find(database, id).orElseThrow(Developments::noSuchDevelopment);
  }

  private void record(Tx tx, String actor, String verb, DevelopmentId id, JsonObject facts) {
    audit.record(tx, actor, "development." + verb, id.subject(), facts);
  }

  private static void requireSeen(Development found, ContentHash seen) {
    if (!found.hash().equals(seen)) {
      throw Releases.contentChanged();
    }
  }

  private static NotFound noSuchDevelopment() {
    return new NotFound("development");
  }
}
