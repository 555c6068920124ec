package org.tocsin.publications;

import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.network.EventType;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * An issue's broadcasts belong to the issue: anybody may pause them, who may let an issue go lets
 * them go on or cancels the rest, and of one that was withdrawn only the word that it is gone is
 * sent any more.
 */
final class IssueSends implements BroadcastOwner {
  private final Issues issues;
  private final OwnedBroadcasts broadcasts;

  IssueSends(Issues issues, OwnedBroadcasts broadcasts) {
    this.issues = issues;
    this.broadcasts = broadcasts;
  }

  @Override
  public String name() {
    return broadcasts.owner();
  }

  @Override
  public Permission asks(BroadcastVerb verb) {
    return switch (verb) {
      case PAUSE -> Permission.STOP_BROADCAST;
      case CANCEL, RESUME, RETRY_FAILED, RESEND_IN_DOUBT -> Permission.RELEASE_NEWSLETTER;
    };
  }

  @Override
  public void perform(Tx tx, Progress broadcast, BroadcastVerb verb, StaffId by) {
    NewsletterId id =
        broadcast
            .release()
            .flatMap(release -> issues.newsletters.ofRelease(tx, release))
            .orElseThrow(() -> new Conflict("taken_back", "This issue was taken back"));
    issues.within(
        tx,
        id,
        (in, issue) -> {
          requireStanding(issue, broadcast, verb);
          broadcasts.perform(in, issues.audit, broadcast.id(), verb, by);
          return issue;
        });
  }

  private static void requireStanding(Newsletter issue, Progress broadcast, BroadcastVerb verb) {
    boolean ends = verb == BroadcastVerb.PAUSE || verb == BroadcastVerb.CANCEL;
    boolean notice = broadcast.kind().equals(EventType.NEWSLETTER_WITHDRAWN.word());
    if (issue.state() == Newsletter.State.WITHDRAWN && !ends && !notice) {
      throw new Conflict("already_withdrawn", "This issue is withdrawn");
    }
  }
}
