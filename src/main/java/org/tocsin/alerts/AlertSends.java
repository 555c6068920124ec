package org.tocsin.alerts;

import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Progress;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;

/**
 * An alert's broadcasts belong to the alert (I23): to pause one is to hold the message on all its
 * ways, only two people let it go on, and only a STOP ends it. Who failed is tried again while the
 * message is out or going out, and the case may still be told of.
 */
final class AlertSends implements BroadcastOwner {
  private final AlertBook book;
  private final Ways ways;
  private final Holding holding;

  AlertSends(AlertBook book, Ways ways, Holding holding) {
    this.book = book;
    this.ways = ways;
    this.holding = holding;
  }

  @Override
  public String name() {
    return ways.broadcasts.owner();
  }

  @Override
  public Permission asks(BroadcastVerb verb) {
    return switch (verb) {
      case PAUSE -> Permission.STOP_ALERT;
      case RETRY_FAILED, RESEND_IN_DOUBT -> Permission.RELEASE_ALERT;
      case CANCEL ->
          throw new Conflict(
              "stop_instead", "An alert is not cancelled. STOP it: that also tells who has it");
      case RESUME ->
          throw new Conflict(
              "resume_by_two",
              "Two people let a held alert go on (resume of the alert); then it is released again");
    };
  }

  @Override
  public void perform(Tx tx, Progress broadcast, BroadcastVerb verb, StaffId by) {
    AlertId id = book.sendings.carriedBy(tx, broadcast.id()).orElseThrow(AlertBook::noSuchAlert);
    if (verb == BroadcastVerb.PAUSE) {
      book.within(tx, id, (in, alert) -> holding.hold(in, alert, by));
      return;
    }
    book.withinGated(
        tx,
        id,
        (in, alert, gate) -> {
          requireOut(alert);
          if (alert.type() != AlertType.STOP) {
            gate.require(book.frozen(in, alert).draft().circles());
          }
          ways.broadcasts.perform(in, book.audit, broadcast.id(), verb, by);
          return alert;
        });
  }

  /** A stop is never over before all who must know have it. */
  private static void requireOut(Alert alert) {
    boolean out = alert.state() == AlertState.RELEASING || alert.state() == AlertState.ACTIVE;
    if (!out || alert.superseded()) {
      throw new Conflict(
          "alert_not_out",
          "This message is "
              + (alert.superseded() ? "superseded" : AlertBook.word(alert.state()))
              + ", so nothing more of it is sent");
    }
  }
}
