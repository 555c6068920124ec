package org.tocsin.filings;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Obstacle;
import org.tocsin.cases.WorkState;
import org.tocsin.filings.Deadline.How;
import org.tocsin.filings.Deadline.Kind;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;

/** The steps of a complaint, and what each makes of its dates. */
public final class FilingSteps {
  /** A complaint may outlast the alerts; before the gate and after the seal there is none. */
  private static final Set<WorkState> CONFIRMED =
      EnumSet.of(WorkState.ACTIVE, WorkState.MONITORING, WorkState.RESOLVED);

  private final FilingBook book;

  public FilingSteps(FilingBook book) {
    this.book = book;
  }

  /**
   * Conflict {@code no_such_step}, {@code case_not_confirmed}, or the word of an {@link Obstacle}
   * in small letters where the complaint may not be made.
   */
  public void move(FilingId id, StepDraft draft, StaffId staff, Messages words) {
    FilingRules rules = new FilingRules(words);
    String text =
        draft.to().needsText()
            ? rules.required("text", draft.text(), FilingRules.MAX_TEXT)
            : rules.text("text", draft.text(), FilingRules.MAX_TEXT);
    LocalDate last =
        book.filings.steps(book.database, id).stream()
            .map(FilingStep::day)
            .max(Comparator.naturalOrder())
            .orElse(LocalDate.EPOCH);
    rules.past("day", draft.day(), last, book.today());
    if (draft.to() == FilingState.COMMENT_DUE && draft.commentsDue().isEmpty()) {
      rules.problem("comments_due", "missing.comments_due");
    }
    draft.commentsDue().ifPresent(day -> rules.due("comments_due", day, book.today()));
    rules.check();
    StepDraft tidy = new StepDraft(draft.to(), draft.day(), text, draft.commentsDue());
    book.change(
        id,
        staff,
        "moved",
        new JsonObject().put("to", draft.to().name()),
        (tx, before, file) -> {
          if (!before.state().next().contains(tidy.to())) {
            throw new Conflict("no_such_step", "The state of the filing does not allow it");
          }
          if (tidy.to().needsConsent()) {
            requireClearance(tx, before, file);
          }
          book.filings.step(tx, id, tidy, staff, book.now());
          keepDeadlines(tx, before, tidy, staff);
        });
  }

  private void requireClearance(Tx tx, Filing filing, CaseFile file) {
    if (!CONFIRMED.contains(file.state())) {
      throw new Conflict("case_not_confirmed", "Nothing is filed before a case is confirmed");
    }
    book.cases.obstacles(tx, filing.caseId(), filing.mechanism().consent()).stream()
        .filter(obstacle -> obstacle != Obstacle.NOT_ACTIVE)
        .findFirst()
        .ifPresent(
            obstacle -> {
              throw new Conflict(
                  obstacle.name().toLowerCase(Locale.ROOT), "It may not be filed now");
            });
  }

  /** What a step makes of the dates: some are met by it, some begin. */
  private void keepDeadlines(Tx tx, Filing before, StepDraft step, StaffId staff) {
    FilingId id = before.id();
    LocalDate day = step.day();
    if (before.state() == FilingState.COMMENT_DUE && step.to() != FilingState.CLOSED) {
      book.records.endAll(tx, id, List.of(Kind.COMMENT), How.MET, day, staff, book.now());
    }
    switch (step.to()) {
      case FILED ->
          book.records.endAll(tx, id, List.of(Kind.FILE_BY), How.MET, day, staff, book.now());
      case TRANSMITTED ->
          book.count(tx, id, before.mechanism(), Limit.From.TRANSMITTED, Optional.of(day), staff);
      case STATE_REPLY ->
          book.records.endAll(tx, id, List.of(Kind.STATE_REPLY), How.MET, day, staff, book.now());
      case NO_REPLY, DECISION ->
          book.records.endAll(
              tx, id, List.of(Kind.STATE_REPLY), How.DROPPED, day, staff, book.now());
      case COMMENT_DUE ->
          step.commentsDue()
              .ifPresent(
                  due ->
                      book.records.addDeadline(tx, id, Kind.COMMENT, due, "", staff, book.now()));
      case CLOSED ->
          book.records.endAll(tx, id, List.of(Kind.values()), How.DROPPED, day, staff, book.now());
      case DRAFT, CONSENT_CONFIRMED, FOLLOW_UP -> {}
    }
  }
}
