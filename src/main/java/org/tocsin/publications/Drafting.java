package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** Writing an issue and handing it in. Everybody who does either is one of its editors. */
final class Drafting {
  /** Far more than anybody needs, and far fewer than a list of names to be tried is long. */
  static final int A_DAY = 100;

  private static final Duration DAY = Duration.ofDays(1);

  private final Issues issues;
  private final DraftRules rules;
  private final IssuePress press;
  private final SubmissionRepository submissions;

  Drafting(Issues issues, DraftRules rules, IssuePress press, SubmissionRepository submissions) {
    this.issues = issues;
    this.rules = rules;
    this.press = press;
    this.submissions = submissions;
  }

  Newsletter create(Draft draft, StaffId staff, Messages words) {
    Draft tidy = rules.checked(draft, words);
    ContentHash hash = Pressed.NOTHING.hash(tidy);
    return issues.database.transaction(
        tx -> {
          Newsletter created =
              unlessTaken(
                  tidy, words, () -> issues.newsletters.insert(tx, tidy, hash, issues.now()));
          issues.releases.edited(tx, created.id().subject(), staff, hash);
          issues.record(tx, staff, "created", created, new JsonObject().put("month", tidy.month()));
          return created;
        });
  }

  Newsletter edit(NewsletterId id, int version, Draft draft, StaffId staff, Messages words) {
    Draft tidy = rules.checked(draft, words);
    ContentHash hash = Pressed.NOTHING.hash(tidy);
    return issues.change(
        id,
        (tx, before) -> {
          Issues.requireNotReleased(before);
          requireVersion(before, version);
          if (before.draft().equals(tidy)) {
            return before;
          }
          Newsletter after =
              unlessTaken(
                  tidy, words, () -> issues.newsletters.rewrite(tx, id, tidy, hash, issues.now()));
          issues.releases.edited(tx, id.subject(), staff, hash);
          issues.record(
              tx, staff, "edited", after, new JsonObject().put("was", Issues.word(before.state())));
          return after;
        });
  }

  /**
   * Pressing takes a while, so it is done before the issue is locked. Nothing is looked for in the
   * words here ({@link SubmissionLooks} does so later), so whoever hands in learns nothing of it:
   * not by the answer, not by its time.
   */
  Newsletter submit(NewsletterId id, StaffId staff) {
    Newsletter read = issues.newsletters.find(issues.database, id).orElseThrow(Issues::noSuchIssue);
    requireDraft(read);
    Pressed fresh = press.press(read.draft());
    ContentHash hash = fresh.hash(read.draft());
    String words = Holding.words(read.draft(), fresh);
    return issues.change(
        id,
        (tx, before) -> {
          requireDraft(before);
          requireVersion(before, read.version());
          requireFewSubmissions(tx, staff);
          issues.pressed.replace(tx, id, fresh);
          issues.releases.edited(tx, id.subject(), staff, hash);
          Newsletter after = issues.newsletters.submitted(tx, id, hash, issues.now());
          submissions.insert(tx, id, hash, words, staff, issues.now());
          issues.record(tx, staff, "submitted", after, new JsonObject().put("hash", hash.hex()));
          return after;
        });
  }

  private void requireFewSubmissions(Tx tx, StaffId staff) {
    Instant now = issues.now();
    submissions.lock(tx, staff);
    List<Instant> recent = submissions.since(tx, staff, now.minus(DAY));
    if (recent.size() >= A_DAY) {
      throw new TooMany(
          "too_many_submissions",
          "You have handed in a hundred texts within a day; wait before you hand in another",
          Duration.between(now, recent.get(recent.size() - A_DAY).plus(DAY)));
    }
  }

  private static void requireDraft(Newsletter issue) {
    Issues.requireNotReleased(issue);
    if (issue.state() == State.APPROVED) {
      throw Releases.alreadyApproved();
    }
    if (issue.state() != State.DRAFT) {
      throw new Conflict("already_submitted", "This issue is in review already");
    }
  }

  private static void requireVersion(Newsletter issue, int version) {
    if (issue.version() != version) {
      throw new Conflict(
          "version_changed",
          "Somebody else changed this issue since you opened it; nothing was overwritten");
    }
  }

  private static Newsletter unlessTaken(Draft draft, Messages words, Supplier<Newsletter> write) {
    try {
      return write.get();
    } catch (ConstraintViolated broken) {
      throw broken.constraint().equals("month_taken")
          ? DraftRules.monthTaken(draft.month(), words)
          : broken;
    }
  }
}
