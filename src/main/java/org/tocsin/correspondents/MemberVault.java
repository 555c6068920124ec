package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.tocsin.access.LetterCode;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Hashed;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals and opens what names a member, and makes the keyed hashes that find them again. */
public final class MemberVault {
  private static final String ADDRESS = "member.address";
  private static final String NAME = "member.name";
  private static final String ENTRY = "roster.entry";
  private static final String REFUSED = "member.refused";
  private static final String REQUEST = "application.request";

  private final Sealer sealer;
  private final LookupHash lookup;

  public MemberVault(Sealer sealer, LookupHash lookup) {
    this.sealer = sealer;
    this.lookup = lookup;
  }

  /** What here depends on the keyring and can be written anew. */
  public static List<SealedTable> sealedTables() {
    Sealed address = new Sealed("address_sealed", ADDRESS);
    Sealed name = new Sealed("name_sealed", NAME);
    Hashed domain =
        new Hashed("domain_hash", address.column(), text -> EmailAddress.stored(text).domain());
    String entry = "entry_sealed";
    Hashed hash =
        new Hashed("address_hash", address.column(), text -> EmailAddress.stored(text).lookupKey());
    return List.of(
        new SealedTable(
            "members.roster_entry",
            List.of(new Sealed(entry, ENTRY)),
            List.of(
                new Hashed("entry_hash", entry, text -> RosterEntry.fromText(text).entryKey()),
                new Hashed("name_hash", entry, text -> RosterEntry.fromText(text).nameKey()),
                new Hashed(
                    "address_hash",
                    entry,
                    text -> RosterEntry.fromText(text).address().lookupKey()))),
        new SealedTable(
            "members.application_request",
            List.of(new Sealed("request_sealed", REQUEST)),
            List.of()),
        new SealedTable(
            "members.application_letter", List.of(new Sealed("form_sealed", REQUEST)), List.of()),
        new SealedTable("members.application", List.of(address, name), List.of(hash)),
        new SealedTable(
            "members.member",
            List.of(address, name, new Sealed("refused_sealed", REFUSED)),
            List.of(hash, domain)),
        new SealedTable("members.address_change", List.of(address), List.of(hash, domain)),
        new SealedTable("members.link_request", List.of(address), List.of()));
  }

  Buffer seal(EmailAddress address) {
    return sealed(ADDRESS, address.address());
  }

  EmailAddress openAddress(Buffer closed) {
    return EmailAddress.stored(sealer.open(ADDRESS, closed.getBytes()));
  }

  Buffer sealName(String name) {
    return sealed(NAME, name);
  }

  String openName(Buffer closed) {
    return sealer.open(NAME, closed.getBytes());
  }

  Buffer seal(RosterEntry entry) {
    return sealed(ENTRY, entry.toText());
  }

  RosterEntry openEntry(Buffer closed) {
    return RosterEntry.fromText(sealer.open(ENTRY, closed.getBytes()));
  }

  Buffer sealRefused(Set<String> countries) {
    return sealed(REFUSED, Wishes.toText(countries));
  }

  Set<String> openRefused(Buffer closed) {
    return Wishes.fromText(sealer.open(REFUSED, closed.getBytes()));
  }

  Buffer sealRequest(String request) {
    return sealed(REQUEST, request);
  }

  String openRequest(Buffer closed) {
    return sealer.open(REQUEST, closed.getBytes());
  }

  private Buffer sealed(String purpose, String text) {
    return Buffer.buffer(sealer.seal(purpose, text));
  }

  /** To write. */
  Buffer hash(String key) {
    return Buffer.buffer(lookup.of(key));
  }

  Buffer hash(EmailAddress address) {
    return hash(address.lookupKey());
  }

  /** To find, whichever key wrote it. */
  Buffer[] hashes(String key) {
    return Arrays.stream(lookup.allOf(key)).map(Buffer::buffer).toArray(Buffer[]::new);
  }

  Buffer[] hashes(EmailAddress address) {
    return hashes(address.lookupKey());
  }

  byte[] codeHash(String code) {
    return LetterCode.hash(lookup, code);
  }

  boolean codeMatches(String typed, byte[] hash) {
    return LetterCode.matches(lookup, typed, hash);
  }

  byte[][] suppressionHashes(EmailAddress address) {
    return lookup.allOf(address.lookupKey());
  }
}
