package org.tocsin.outreach;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what was said; a value opens only as what it was sealed for. */
final class OutreachVault {
  static final String CONTACT = "outreach.contact";
  static final String REPLY = "outreach.reply";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "outreach.contact", List.of(new Sealed("note_sealed", CONTACT)), List.of()),
          new SealedTable("outreach.reply", List.of(new Sealed("text_sealed", REPLY)), List.of()));

  private final Sealer sealer;

  OutreachVault(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  String open(String purpose, Buffer closed) {
    return sealer.open(purpose, closed.getBytes());
  }
}
