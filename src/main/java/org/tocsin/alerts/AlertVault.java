package org.tocsin.alerts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what alerts say; a value opens only as what it was sealed for. */
final class AlertVault {
  private static final String DRAFT = "alert.draft";
  private static final String FROZEN = "alert.frozen";
  private static final String RETURNED = "alert.returned";
  private static final String OUTCOME = "alert.outcome";
  private static final String REPORT_TARGET = "alert.report_target";
  private static final String REPORT_REPLY = "alert.report_reply";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "alerts.chain", List.of(new Sealed("outcome_sealed", OUTCOME)), List.of()),
          new SealedTable(
              "alerts.message",
              List.of(
                  new Sealed("draft_sealed", DRAFT),
                  new Sealed("frozen_sealed", FROZEN),
                  new Sealed("returned_sealed", RETURNED)),
              List.of()),
          new SealedTable(
              "alerts.report",
              List.of(
                  new Sealed("target_sealed", REPORT_TARGET),
                  new Sealed("reply_sealed", REPORT_REPLY)),
              List.of()));

  private final Sealer sealer;

  AlertVault(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(AlertDraft draft) {
    return seal(DRAFT, AlertJson.of(draft).encode());
  }

  Optional<AlertDraft> openDraft(@Nullable Buffer closed) {
    return open(DRAFT, closed).map(text -> AlertJson.draft(new JsonObject(text)));
  }

  Buffer seal(Frozen frozen) {
    return seal(FROZEN, frozen.toJson().encode());
  }

  Frozen openFrozen(Buffer closed) {
    return Frozen.fromJson(new JsonObject(sealer.open(FROZEN, closed.getBytes())));
  }

  Buffer sealReturned(String reason) {
    return seal(RETURNED, reason);
  }

  String openReturned(@Nullable Buffer closed) {
    return open(RETURNED, closed).orElse("");
  }

  Buffer sealOutcome(String outcome) {
    return seal(OUTCOME, outcome);
  }

  String openOutcome(@Nullable Buffer closed) {
    return open(OUTCOME, closed).orElse("");
  }

  Buffer sealReportTarget(String target) {
    return seal(REPORT_TARGET, target);
  }

  String openReportTarget(Buffer closed) {
    return sealer.open(REPORT_TARGET, closed.getBytes());
  }

  Buffer sealReportReply(String reply) {
    return seal(REPORT_REPLY, reply);
  }

  String openReportReply(Buffer closed) {
    return sealer.open(REPORT_REPLY, closed.getBytes());
  }

  private Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  private Optional<String> open(String purpose, @Nullable Buffer closed) {
    return Optional.ofNullable(closed).map(present -> sealer.open(purpose, present.getBytes()));
  }
}
