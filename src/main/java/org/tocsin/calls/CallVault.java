package org.tocsin.calls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what calls say; a value opens only as what it was sealed for. */
final class CallVault {
  private static final String DRAFT = "call.draft";
  private static final String FROZEN = "call.frozen";
  private static final String RETURNED = "call.returned";
  private static final String NOTE = "call.answer_note";
  private static final String DAYS = "call.answer_days";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "calls.call",
              List.of(
                  new Sealed("draft_sealed", DRAFT),
                  new Sealed("frozen_sealed", FROZEN),
                  new Sealed("returned_sealed", RETURNED)),
              List.of()),
          new SealedTable(
              "calls.answer",
              List.of(new Sealed("note_sealed", NOTE), new Sealed("days_sealed", DAYS)),
              List.of()));

  private final Sealer sealer;

  CallVault(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(CallDraft draft) {
    return seal(DRAFT, draft.toJson().encode());
  }

  CallDraft openDraft(Buffer closed) {
    return CallDraft.fromJson(new JsonObject(open(DRAFT, closed)));
  }

  Buffer seal(FrozenCall frozen) {
    return seal(FROZEN, frozen.toJson().encode());
  }

  FrozenCall openFrozen(Buffer closed) {
    return FrozenCall.fromJson(new JsonObject(open(FROZEN, closed)));
  }

  Buffer sealReturned(String reason) {
    return seal(RETURNED, reason);
  }

  String openReturned(@Nullable Buffer closed) {
    return closed == null ? "" : open(RETURNED, closed);
  }

  Buffer sealNote(String note) {
    return seal(NOTE, note);
  }

  String openNote(Buffer closed) {
    return open(NOTE, closed);
  }

  Buffer sealDays(String days) {
    return seal(DAYS, days);
  }

  String openDays(Buffer closed) {
    return open(DAYS, closed);
  }

  private Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  private String open(String purpose, Buffer closed) {
    return sealer.open(purpose, closed.getBytes());
  }
}
