package org.tocsin.calls;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastOrder;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.broadcasts.Lane;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.correspondents.CorrespondentAudience;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.platform.database.Tx;
import org.tocsin.release.ReleaseId;
import org.tocsin.release.ReleaseOrder;
import org.tocsin.release.ReleaseOrder.Mode;
import org.tocsin.release.Releases;

/** Letting an approved call go, and ending it. */
final class CallRelease {
  private static final String EMAIL = "email";

  private final CallBook book;
  private final OwnedBroadcasts broadcasts;
  private final MemberSelection members;

  CallRelease(CallBook book, OwnedBroadcasts broadcasts, MemberSelection members) {
    this.book = book;
    this.broadcasts = broadcasts;
    this.members = members;
  }

  Call release(CallId id, StaffId staff) {
    return book.change(
        id,
        (tx, before) -> {
          FrozenCall frozen = approved(tx, before);
          book.standstill.requireNone(tx);
          book.requireTime(frozen.draft());
          Instant at = book.now().truncatedTo(ChronoUnit.MILLIS);
          JsonObject selection = members.ofVolunteers(frozen.draft().areas());
          JsonObject audience =
              new JsonObject()
                  .put(
                      EMAIL,
                      new JsonObject()
                          .put("audience", CorrespondentAudience.NAME)
                          .put("selection", selection));
          ReleaseId release =
              book.releases.release(
                  tx,
                  new ReleaseOrder(before.approval().orElseThrow(), audience, at, Mode.ACTUAL),
                  staff);
          BroadcastId broadcast =
              broadcasts.startEndingOnTime(tx, letters(before, frozen, release, selection, at));
          book.calls.released(tx, id, release, broadcast, book.now());
          return book.recorded(
              tx,
              id,
              staff.actor(),
              "released",
              new JsonObject()
                  .put("release", release.value())
                  .put("hash", frozen.hash().hex())
                  .put("broadcast", broadcast.value()));
        });
  }

  private FrozenCall approved(Tx tx, Call call) {
    CallBook.requireOpen(call);
    if (call.state() != CallState.APPROVED) {
      throw Releases.notApproved();
    }
    return book.frozen(tx, call);
  }

  /** Once nobody can answer any more, nobody is written to either. */
  private static BroadcastOrder letters(
      Call call, FrozenCall frozen, ReleaseId release, JsonObject selection, Instant at) {
    Map<String, JsonObject> content = new LinkedHashMap<>();
    frozen.letters().forEach((tag, letter) -> content.put(tag, letter.toJson()));
    return new BroadcastOrder(
        Optional.of(release.value()),
        EMAIL,
        Lane.BULK,
        "call",
        call.reference().text(),
        CorrespondentAudience.NAME,
        selection,
        content,
        InDoubtPolicy.RESEND,
        at,
        frozen.draft().answerBy());
  }

  /** Whoever was not written to yet never is. */
  Call close(CallId id, CloseReason reason, StaffId staff) {
    return book.change(
        id,
        (tx, before) -> {
          if (before.closed().isPresent()) {
            throw CallBook.closed();
          }
          before.sent().ifPresent(sent -> broadcasts.stop(tx, sent.broadcast()));
          book.calls.closed(tx, id, reason, staff, book.now());
          return book.recorded(
              tx,
              id,
              staff.actor(),
              "closed",
              new JsonObject()
                  .put("was", CallBook.word(before.state()))
                  .put("reason", CallBook.word(reason)));
        });
  }
}
