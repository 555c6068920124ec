package org.tocsin.broadcasts;

import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * The broadcasts of one owner, and all that can be done to them. Whoever holds this is the owner:
 * there is one for each, and it does nothing to another's.
 */
public final class OwnedBroadcasts {
  private final String owner;
  private final Bus bus;
  private final BroadcastRepository broadcasts;
  private final ControlRepository control = new ControlRepository();

  OwnedBroadcasts(String owner, BroadcastRepository broadcasts, Bus bus) {
    this.owner = owner;
    this.broadcasts = broadcasts;
    this.bus = bus;
  }

  public String owner() {
    return owner;
  }

  /** Starts a broadcast; its snapshot begins after the commit, at {@code notBefore}. */
  public BroadcastId start(Tx tx, BroadcastOrder order) {
    return start(tx, order, false);
  }

  /** The same, and at its expiry it is over, however long it was held or stood still. */
  public BroadcastId startEndingOnTime(Tx tx, BroadcastOrder order) {
    return start(tx, order, true);
  }

  private BroadcastId start(Tx tx, BroadcastOrder order, boolean endsOnTime) {
    BroadcastId id = broadcasts.insert(tx, owner, order, endsOnTime);
    announce(tx, id);
    return id;
  }

  /** To one recipient, with the whole snapshot in it. */
  BroadcastId startSingle(Tx tx, BroadcastOrder order, byte[] holes) {
    BroadcastId id = start(tx, order);
    broadcasts.insertSingle(tx, id, order, holes);
    return id;
  }

  /** What the verb means where the owner has no rules of its own, with its audit entry last. */
  public void perform(Tx tx, Audit audit, BroadcastId id, BroadcastVerb verb, StaffId by) {
    switch (verb) {
      case PAUSE -> pause(tx, id);
      case RESUME -> resume(tx, id);
      case CANCEL -> cancel(tx, id);
      case RETRY_FAILED -> retryFailed(tx, id);
      case RESEND_IN_DOUBT -> resendInDoubt(tx, id);
    }
    audit.record(tx, by.actor(), "broadcast." + verb.done(), "broadcast:" + id.value());
  }

  /** Nothing further leaves within a second; what is under way is finished. */
  public void pause(Tx tx, BroadcastId id) {
    controlled(tx, id, BroadcastVerb.PAUSE, control::pause);
  }

  public void resume(Tx tx, BroadcastId id) {
    controlled(tx, id, BroadcastVerb.RESUME, control::resume);
  }

  /** Whoever was not yet sent to is cancelled, for good. */
  public void cancel(Tx tx, BroadcastId id) {
    controlled(tx, id, BroadcastVerb.CANCEL, control::cancel);
  }

  /** Opens a further turn for all who failed. */
  public void retryFailed(Tx tx, BroadcastId id) {
    controlled(tx, id, BroadcastVerb.RETRY_FAILED, (in, one) -> control.reopen(in, one, "FAILED"));
  }

  /** Opens a further turn for all in doubt: some may get it twice. */
  public void resendInDoubt(Tx tx, BroadcastId id) {
    controlled(
        tx, id, BroadcastVerb.RESEND_IN_DOUBT, (in, one) -> control.reopen(in, one, "IN_DOUBT"));
  }

  private void controlled(
      Tx tx, BroadcastId id, BroadcastVerb verb, BiFunction<Tx, BroadcastId, Boolean> work) {
    requireOwn(tx, id);
    if (!work.apply(tx, id)) {
      Progress now = broadcasts.find(tx, id).orElseThrow();
      throw new Conflict(
          "not_" + verb.done(),
          "A broadcast that is "
              + now.state().name().toLowerCase(Locale.ROOT)
              + " cannot be "
              + verb.done());
    }
    announce(tx, id);
  }

  /**
   * Like a pause that only its owner ends: nobody resumes it or opens a further turn until {@link
   * #letGo}. Done to one that ended, it keeps it from being opened again.
   */
  public void hold(Tx tx, BroadcastId id) {
    quietly(tx, id, control::hold);
  }

  public void letGo(Tx tx, BroadcastId id) {
    quietly(tx, id, control::letGo);
  }

  /** Whether it is still to be sent, or can be {@link #renew renewed}. */
  public boolean canStillGo(Tx tx, BroadcastId id) {
    requireOwn(tx, id);
    Progress now = broadcasts.find(tx, id).orElseThrow();
    return !now.state().ended()
        || (now.state() == Progress.State.COMPLETED && (now.total() == 0 || now.failed() > 0));
  }

  /**
   * Opens one that ended and reached nobody: whoever failed is tried again, and where there was
   * nobody, the audience is asked once more. False where nobody could get it by that.
   */
  public boolean renew(Tx tx, BroadcastId id) {
    requireOwn(tx, id);
    boolean renewed = control.snapshotAgain(tx, id) || control.reopen(tx, id, "FAILED");
    if (renewed) {
      announce(tx, id);
    }
    return renewed;
  }

  /**
   * Withholds all that was not granted yet, for good, so that a STOP message can overtake it; done
   * to one that is stopped or cancelled already, it changes nothing. {@link Reached} tells who must
   * hear of it.
   */
  public void stop(Tx tx, BroadcastId id) {
    quietly(tx, id, control::stop);
  }

  private void quietly(Tx tx, BroadcastId id, BiFunction<Tx, BroadcastId, Boolean> work) {
    requireOwn(tx, id);
    if (work.apply(tx, id)) {
      announce(tx, id);
    }
  }

  /** Who was or may have been reached by what of a release. */
  public long reached(Tx tx, long release) {
    BroadcastId[] all =
        broadcasts.ofRelease(tx, release).stream().map(Progress::id).toArray(BroadcastId[]::new);
    return new Reached().count(tx, Reached.Whom.reachedBy(all));
  }

  /**
   * Cancels what of a release is still to be sent; what has ended stays as it is.
   *
   * @return the release's broadcasts as they stood before
   */
  public List<Progress> callBack(Tx tx, long release) {
    List<Progress> all = broadcasts.ofRelease(tx, release);
    for (Progress progress : all) {
      quietly(tx, progress.id(), control::cancel);
    }
    return all;
  }

  private void requireOwn(Tx tx, BroadcastId id) {
    String whose = broadcasts.owner(tx, id).orElseThrow(() -> new NotFound("broadcast"));
    if (!whose.equals(owner)) {
      throw new IllegalStateException("broadcast " + id.value() + " is not " + owner + "'s");
    }
  }

  private void announce(Tx tx, BroadcastId id) {
    tx.afterCommit(() -> bus.publish(BroadcastNews.TOPIC, new BroadcastNews(id)));
  }
}
