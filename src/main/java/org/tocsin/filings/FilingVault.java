package org.tocsin.filings;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what is written about a filing; a value opens only as what it was sealed for. */
final class FilingVault {
  static final String STEP = "filing.step_text";
  static final String DEADLINE = "filing.deadline_note";
  static final String TEXT = "filing.text";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          table("filing_step", new Sealed("text_sealed", STEP)),
          table("filing_deadline", new Sealed("note_sealed", DEADLINE)),
          table("filing_text", new Sealed("text_sealed", TEXT)));

  private final Sealer sealer;

  FilingVault(Sealer sealer) {
    this.sealer = sealer;
  }

  private static SealedTable table(String name, Sealed column) {
    return new SealedTable("casework." + name, List.of(column), List.of());
  }

  /** Nothing is sealed as nothing. */
  @Nullable Buffer seal(String purpose, String text) {
    return text.isEmpty() ? null : Buffer.buffer(sealer.seal(purpose, text));
  }

  String open(String purpose, @Nullable Buffer closed) {
    return closed == null ? "" : sealer.open(purpose, closed.getBytes());
  }
}
