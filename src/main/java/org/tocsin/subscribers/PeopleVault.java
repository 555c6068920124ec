package org.tocsin.subscribers;

import java.util.HexFormat;
import java.util.List;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what names a person, and makes the keyed hashes that find it again. */
public final class PeopleVault {
  private static final String ADDRESS = "subscriber.address";
  private static final String NAME = "subscriber.name";

  private final Sealer sealer;
  private final LookupHash lookup;

  public PeopleVault(Sealer sealer, LookupHash lookup) {
    this.sealer = sealer;
    this.lookup = lookup;
  }

  /** What here depends on the keyring and can be written anew. */
  public static List<SealedTable> sealedTables() {
    Sealed address = new Sealed("address_sealed", ADDRESS);
    List<Hashed> found =
        List.of(
            new Hashed(
                "address_hash", address.column(), text -> EmailAddress.stored(text).lookupKey()),
            new Hashed(
                "domain_hash", address.column(), text -> EmailAddress.stored(text).domain()));
    return List.of(
        new SealedTable(
            "people.subscriber", List.of(address, new Sealed("name_sealed", NAME)), found),
        new SealedTable("people.address_change", List.of(address), found),
        new SealedTable("people.sign_up_request", List.of(address), List.of()));
  }

  byte[] seal(EmailAddress address) {
    return sealer.seal(ADDRESS, address.address());
  }

  EmailAddress openAddress(byte[] closed) {
    return EmailAddress.stored(sealer.open(ADDRESS, closed));
  }

  byte[] sealName(String name) {
    return sealer.seal(NAME, name);
  }

  String openName(byte[] closed) {
    return sealer.open(NAME, closed);
  }

  /** By which a file is known again: one of a single row could be guessed from its bare digest. */
  byte[] mark(CsvFile file) {
    return Secrets.digest(
        HexFormat.of().formatHex(lookup.of(HexFormat.of().formatHex(file.digest()))));
  }

  /** To write. */
  byte[] hash(EmailAddress address) {
    return lookup.of(address.lookupKey());
  }

  /** To find, whichever key wrote it. */
  byte[][] hashes(EmailAddress address) {
    return lookup.allOf(address.lookupKey());
  }

  /** What shares limits and fate in the engine. */
  byte[] domainHash(EmailAddress address) {
    return lookup.of(address.domain());
  }

  /** Of who asks, as far as that is counted. */
  byte[] hash(String counted) {
    return lookup.of(counted);
  }
}
