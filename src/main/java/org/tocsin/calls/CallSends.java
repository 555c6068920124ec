package org.tocsin.calls;

import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * A call's broadcast belongs to the call: anybody may pause its letters, who may let calls go lets
 * them go on while it takes answers, and to end them is to close the call.
 */
final class CallSends implements BroadcastOwner {
  private final CallBook book;
  private final OwnedBroadcasts broadcasts;

  CallSends(CallBook book, OwnedBroadcasts broadcasts) {
    this.book = book;
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
      case RESUME, RETRY_FAILED, RESEND_IN_DOUBT -> Permission.RELEASE_CALL;
      case CANCEL ->
          throw new Conflict(
              "close_instead", "A call is not cancelled. Close it: then nobody is asked any more");
    };
  }

  @Override
  public void perform(Tx tx, Progress broadcast, BroadcastVerb verb, StaffId by) {
    CallId id = book.calls.carriedBy(tx, broadcast.id()).orElseThrow(CallBook::noSuchCall);
    book.within(
        tx,
        id,
        (in, call) -> {
          if (verb != BroadcastVerb.PAUSE && !call.state().takesAnswers()) {
            throw call.state() == CallState.CLOSED ? CallBook.closed() : CallBook.over();
          }
          broadcasts.perform(in, book.audit, broadcast.id(), verb, by);
          return call;
        });
  }
}
