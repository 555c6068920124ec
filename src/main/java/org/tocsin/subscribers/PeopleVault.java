package org.tocsin.subscribers;

import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;

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

  byte[] hash(SourceNetwork source) {
    return lookup.of(source.key());
  }

  byte[][] hashes(SourceNetwork source) {
    return lookup.allOf(source.key());
  }
}
