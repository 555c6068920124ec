package org.tocsin.publications;

import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * Keeps a text that may name somebody from being approved until whoever approves it has looked at
 * the places. Nobody else hears that there are any: nothing is looked for while a text is written
 * and handed in, and an approval after such a look is like any other.
 */
final class Holding {
  private final Issues issues;
  private final LeakCheck check;
  private final HoldRepository holds = new HoldRepository();

  Holding(Issues issues, LeakCheck check) {
    this.issues = issues;
    this.check = check;
  }

  /** In how many places somebody must look. Takes a while, so ask before an issue is locked. */
  int found(Draft draft, Pressed pressed) {
    return check.found(words(draft, pressed));
  }

  /** All that is told in public: as it was written, and as it reads once it is rendered. */
  static String words(Draft draft, Pressed pressed) {
    return String.join(
        "\n", draft.subject(), draft.preheader(), draft.markdown(), "", pressed.page().text());
  }

  /** Whether somebody has looked at as many places of this very text. */
  boolean isCleared(Newsletter issue, int places) {
    return covers(holds.latest(issues.database, issue.id(), issue.hash()), places);
  }

  /**
   * With the approval; what was looked at before in the same words needs no second look.
   *
   * @param looked at how many places the approver says to have looked
   */
  void requireLookedThrough(
      Tx tx, Newsletter issue, int found, Optional<Integer> looked, StaffId approver) {
    boolean known = covers(holds.latest(tx, issue.id(), issue.hash()), found);
    if (!known && looked.filter(places -> places >= found).isEmpty()) {
      throw new Conflict("held_for_review", "This text is held for review");
    }
    if (found == 0 || !known) {
      holds.insert(tx, issue.id(), issue.hash(), found, approver, issues.now());
    }
  }

  private static boolean covers(Optional<Hold> hold, int found) {
    return found == 0 || hold.filter(one -> one.covers(found)).isPresent();
  }
}
