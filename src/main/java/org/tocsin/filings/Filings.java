package org.tocsin.filings;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Obstacle;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** Complaints: begun here, and read. Whoever calls has asked for the {@code Permission}. */
public final class Filings {
  private final FilingBook book;
  private final Languages languages;

  public Filings(FilingBook book, Languages languages) {
    this.book = book;
    this.languages = languages;
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return FilingVault.SEALED_TABLES;
  }

  /** With the deadlines for filing, as far as the days they count from are known. */
  public FilingId begin(CaseId id, FilingDraft draft, StaffId staff, Messages words) {
    FilingRules rules = new FilingRules(words);
    draft.remediesEnded().ifPresent(day -> rules.past("remedies_ended", day, book.today()));
    draft.otherEnded().ifPresent(day -> rules.past("other_ended", day, book.today()));
    rules.check();
    Mechanism mechanism = draft.mechanism();
    return book.judged(
        tx -> {
          book.cases.lockForTeam(tx, id, staff);
          boolean confidential = draft.confidential() || mechanism.strict();
          FilingId filing = book.filings.insert(tx, id, mechanism, confidential, staff, book.now());
          book.count(tx, filing, mechanism, Limit.From.REMEDIES, draft.remediesEnded(), staff);
          book.count(tx, filing, mechanism, Limit.From.OTHER_PROCEDURE, draft.otherEnded(), staff);
          JsonObject facts = new JsonObject().put("case", id.value());
          book.record(tx, staff, "begun", filing, facts);
          return filing;
        });
  }

  /**
   * As this member of staff may see it: what is at a sealed case is there for its team alone. That
   * they read it is written down.
   */
  public Filing open(FilingId id, StaffId viewer) {
    Filing found = require(id, viewer);
    book.audit.read(viewer.actor(), "filing", id.subject(), 0);
    return found;
  }

  /** As {@link #open}, for what only does something with it and shows nothing of it. */
  public Filing require(FilingId id, StaffId viewer) {
    return book.filings
        .find(book.database, id)
        .filter(filing -> book.cases.find(filing.caseId(), viewer).isPresent())
        .orElseThrow(FilingBook::noSuchFiling);
  }

  /** Newest first. */
  public List<Filing> ofCase(CaseId id) {
    return book.filings.ofCase(book.database, id);
  }

  public List<FilingStep> steps(FilingId id) {
    return book.filings.steps(book.database, id);
  }

  /** The open ones first, each by its day. */
  public List<Deadline> deadlines(FilingId id) {
    return book.records.deadlines(book.database, id);
  }

  /** The newest first; the team's own notes for the team alone, whatever anybody's roles. */
  public List<FilingText> texts(Filing filing, StaffId viewer) {
    return book.records.texts(
        book.database, filing.id(), book.teams.includes(filing.caseId(), viewer));
  }

  /** A filing that somebody may see, and its case. */
  public record Listed(Filing filing, CaseFile file) {}

  /** {@link #openOnes} for a page: that they were read is written down. */
  public List<Listed> list(StaffId viewer) {
    return read(openOnes(viewer), viewer);
  }

  /** {@link #dueFor} for a page: that they were read is written down. */
  public List<Listed> due(StaffId viewer, LocalDate until) {
    return read(dueFor(viewer, until), viewer);
  }

  private List<Listed> read(List<Listed> found, StaffId viewer) {
    if (!found.isEmpty()) {
      book.audit.read(viewer.actor(), "filings", "filings", found.size());
    }
    return found;
  }

  /** Those that are not closed, by their next deadline: what is overdue stands first. */
  public List<Listed> openOnes(StaffId viewer) {
    return book.filings.open(book.database).stream()
        .flatMap(
            filing ->
                book
                    .cases
                    .find(filing.caseId(), viewer)
                    .map(file -> new Listed(filing, file))
                    .stream())
        .toList();
  }

  /** Of the cases on whose teams somebody is: what is overdue or due until a day. */
  public List<Listed> dueFor(StaffId member, LocalDate until) {
    Set<CaseId> own = book.teams.casesOf(member);
    return openOnes(member).stream()
        .filter(listed -> own.contains(listed.file().id()))
        .filter(listed -> listed.filing().nextDue().filter(due -> !due.isAfter(until)).isPresent())
        .toList();
  }

  /** What would keep a complaint from being made today: for an open one, a warning. */
  public Set<Obstacle> obstacles(Filing filing) {
    Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
    obstacles.addAll(book.cases.obstacles(filing.caseId(), filing.mechanism().consent()));
    obstacles.remove(Obstacle.NOT_ACTIVE);
    return obstacles;
  }

  /**
   * What must stand in no text about this case that leaves the staff: what the mechanisms of its
   * confidential filings are called in every language, and what they call the complaint. Open or
   * closed: that there was one stays confidential.
   */
  public List<String> confidentialTexts(CaseId id) {
    return ofCase(id).stream()
        .filter(Filing::confidential)
        .flatMap(
            filing ->
                Stream.concat(
                    languages.tags().stream().flatMap(tag -> names(filing.mechanism(), tag)),
                    book.records.texts(book.database, filing.id(), false).stream()
                        .filter(text -> text.kind() == FilingText.Kind.REFERENCE)
                        .map(FilingText::text)))
        .distinct()
        .toList();
  }

  /** Its name and what it is called for short. */
  private Stream<String> names(Mechanism mechanism, String tag) {
    String key = "filings.mechanism." + mechanism.name();
    Messages words = languages.in(tag);
    return Stream.of(words.text(key), words.text(key + ".short"));
  }
}
