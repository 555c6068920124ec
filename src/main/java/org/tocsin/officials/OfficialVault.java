package org.tocsin.officials;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/**
 * Seals and opens what is written about an official; a value opens only as what it was sealed for.
 */
final class OfficialVault {
  static final String OFFICE = "official.office";
  static final String HOLDER = "official.holder";
  static final String BODY = "official.body";
  static final String COUNTRY = "official.country";
  static final String POSTAL = "official.postal_address";
  static final String EMAIL = "official.email";
  static final String LANGUAGE = "official.language";
  static final String SALUTATION = "official.salutation";
  static final String ENGLISH_SALUTATION = "official.english_salutation";

  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "officials.official",
              List.of(
                  new Sealed("office_sealed", OFFICE),
                  new Sealed("holder_sealed", HOLDER),
                  new Sealed("body_sealed", BODY),
                  new Sealed("country_sealed", COUNTRY),
                  new Sealed("postal_sealed", POSTAL),
                  new Sealed("email_sealed", EMAIL),
                  new Sealed("language_sealed", LANGUAGE),
                  new Sealed("salutation_sealed", SALUTATION),
                  new Sealed("english_salutation_sealed", ENGLISH_SALUTATION)),
              List.of()));

  private final Sealer sealer;

  OfficialVault(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  String open(String purpose, Buffer closed) {
    return sealer.open(purpose, closed.getBytes());
  }
}
