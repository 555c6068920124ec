package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.language.Messages;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/** Writing an issue and handing it in. Everybody who does either is one of its editors. */
final class Drafting {
  private final Issues issues;
  private final DraftRules rules;
  private final IssuePress press;
  private final Holding holding;

  Drafting(Issues issues, DraftRules rules, IssuePress press, Holding holding) {
    this.issues = issues;
    this.rules = rules;
    this.press = press;
    this.holding = holding;
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

  /** Pressing takes a while, so it is done before the issue is locked. */
  Newsletter submit(NewsletterId id, StaffId staff) {
    Newsletter read =
        issues.newsletters.find(issues.database, id, issues.now()).orElseThrow(Issues::noSuchIssue);
    requireDraft(read);
    Pressed fresh = press.press(read.draft());
    ContentHash hash = fresh.hash(read.draft());
    int found = holding.found(read.draft(), fresh);
    return issues.change(
        id,
        (tx, before) -> {
          requireDraft(before);
          requireVersion(before, read.version());
          issues.pressed.replace(tx, id, fresh);
          issues.releases.edited(tx, id.subject(), staff, hash);
          Newsletter after = issues.newsletters.submitted(tx, id, hash, issues.now());
          issues.record(tx, staff, "submitted", after, new JsonObject().put("hash", hash.hex()));
          holding.holdIfNeeded(tx, after, found, staff);
          return after;
        });
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
