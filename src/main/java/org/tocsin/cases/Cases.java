package org.tocsin.cases;

import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;

/** Cases from intake to the seal. Whoever calls has asked for the {@code Permission}. */
public final class Cases {
  private static final RandomGenerator UNGUESSABLE = new SecureRandom();

  private final Casebook book;
  private final Clearance clearance;
  private final RandomGenerator references;

  public Cases(Casebook book) {
    this(book, UNGUESSABLE);
  }

  /** With references that a test or a demonstration can foretell. */
  Cases(Casebook book, RandomGenerator references) {
    this.book = book;
    this.clearance = new Clearance(book);
    this.references = references;
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return CaseVault.SEALED_TABLES;
  }

  /** Throws what would keep these details from being written down, every wrong field named. */
  public void check(CaseDetails details, Messages words) {
    CaseRules.checked(details, words);
  }

  /** Whoever takes a case in is the first of its team. */
  public CaseFile create(CaseDetails details, StaffId staff, Messages words) {
    CaseDetails tidy = CaseRules.checked(details, words);
    return book.database.transaction(
        tx -> {
          Instant now = book.now();
          CaseFile created = book.cases.insert(tx, Reference.random(references), tidy, staff, now);
          book.cases.recordWriter(tx, created.id(), staff);
          book.teams.join(tx, created.id(), staff, staff, now);
          book.audit.record(tx, staff.actor(), "case.created", created.id().subject());
          return created;
        });
  }

  /**
   * @param version of the case as it was read before the change; another one is a Conflict {@code
   *     version_changed}
   */
  public CaseFile edit(CaseId id, int version, CaseDetails details, StaffId staff, Messages words) {
    CaseDetails tidy = CaseRules.checked(details, words);
    book.addTo(
        id,
        staff,
        "edited",
        new JsonObject().put("version", version + 1),
        (tx, before) -> {
          requireVersion(before, version);
          book.cases.rewrite(tx, id, tidy, book.now());
          book.cases.recordWriter(tx, id, staff);
        });
    return get(id);
  }

  /**
   * A step on the work axis. Conflict {@code no_such_step}, {@code version_changed} or the word of
   * a {@link Gap}; Forbidden {@code not_on_team}, {@code confirmer_wrote_it}.
   *
   * @param version of the case as whoever decides has read it
   * @param reason needed to decline or to close; may be empty otherwise
   */
  public CaseFile move(
      CaseId id, int version, WorkState to, String reason, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String why =
        to.needsReason()
            ? rules.required("reason", reason, CaseRules.MAX_TEXT)
            : rules.text("reason", reason, CaseRules.MAX_TEXT);
    rules.check();
    book.addTo(
        id,
        staff,
        "moved",
        new JsonObject().put("to", to.name()),
        (tx, before) -> {
          requireVersion(before, version);
          if (!before.state().next().contains(to)) {
            throw new Conflict("no_such_step", "The state of the case does not allow it");
          }
          book.cases.step(tx, id, to, why, staff, book.now());
        });
    return get(id);
  }

  private static void requireVersion(CaseFile found, int version) {
    if (found.version() != version) {
      throw Casebook.versionChanged();
    }
  }

  /** For features; a page asks {@link #open}. */
  public Optional<CaseFile> find(CaseId id) {
    return book.cases.find(book.database, id);
  }

  /** For features; a page asks {@link #open}. */
  public CaseFile get(CaseId id) {
    return find(id).orElseThrow(Casebook::noSuchCase);
  }

  /**
   * As this member of staff may see it: a sealed case is not there for who is not of its team. That
   * they read it is written down.
   */
  public CaseFile open(CaseId id, StaffId viewer) {
    CaseFile found = require(id, viewer);
    book.audit.read(viewer.actor(), "case", id.subject(), 0);
    return found;
  }

  /** As {@link #open}, for what only does something with it and shows nothing of it. */
  public CaseFile require(CaseId id, StaffId viewer) {
    return find(id, viewer).orElseThrow(Casebook::noSuchCase);
  }

  /** As {@link #require}; empty where it is not there for them. */
  public Optional<CaseFile> find(CaseId id, StaffId viewer) {
    return find(id).filter(found -> shownTo(found, viewer));
  }

  /**
   * For features that keep something at a case: nobody else changes it until the caller's
   * transaction ends. Forbidden {@code not_on_team}; Conflict {@code case_sealed}.
   */
  public CaseFile lockForTeam(Tx tx, CaseId id, StaffId staff) {
    CaseFile found = book.lockForTeam(tx, id, staff);
    Casebook.requireOpen(found);
    return found;
  }

  public Optional<CaseFile> find(Reference reference, StaffId viewer) {
    return book.cases.find(book.database, reference).filter(found -> shownTo(found, viewer));
  }

  private boolean shownTo(CaseFile found, StaffId viewer) {
    return found.state() != WorkState.SEALED
        || book.teams.includes(book.database, found.id(), viewer);
  }

  /**
   * Newest first, those before a case's number; no state means all. That they were read is written
   * down.
   */
  public List<CaseFile> list(StaffId viewer, Optional<WorkState> state, long before, int limit) {
    List<CaseFile> found = visibleTo(viewer, state, before, limit);
    book.audit.read(viewer.actor(), "cases", Casebook.ALL, found.size());
    return found;
  }

  /** For features; a page asks {@link #list}. */
  public List<CaseFile> visibleTo(
      StaffId viewer, Optional<WorkState> state, long before, int limit) {
    return book.cases.list(book.database, viewer, state.map(Enum::name).orElse(""), before, limit);
  }

  /** How many cases this member of staff may see, by state; every state has its number. */
  public Map<WorkState, Long> counts(StaffId viewer) {
    Map<WorkState, Long> counts = new EnumMap<>(WorkState.class);
    for (WorkState state : WorkState.values()) {
      counts.put(state, 0L);
    }
    book.cases
        .counts(book.database, viewer)
        .forEach(count -> counts.put(count.state(), count.cases()));
    return counts;
  }

  public List<Step> steps(CaseId id) {
    return book.cases.steps(book.database, id);
  }

  /** What it lacks today before it can be active; empty where nothing. */
  public Set<Gap> gaps(CaseId id) {
    return book.cases.gaps(book.database, id, Consent.today(book.now()));
  }

  /** All who wrote at what the case is judged by, and so may not confirm it. */
  public Set<StaffId> writers(CaseId id) {
    return book.cases.writers(book.database, id);
  }

  /**
   * Why nothing may be told of this case in this way just now; empty where it may. Until the
   * caller's transaction ends, nothing that would change the answer can commit.
   *
   * @param scope e.g. {@code CORRESPONDENTS_ALERT} for an alert to correspondents
   */
  public Set<Obstacle> obstacles(Tx tx, CaseId id, ConsentScope scope) {
    return clearance.obstacles(tx, id, scope);
  }

  /** The same for a page, which only looks. */
  public Set<Obstacle> obstacles(CaseId id, ConsentScope scope) {
    return book.database.transaction(tx -> clearance.obstacles(tx, id, scope));
  }
}
