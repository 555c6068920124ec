package org.tocsin.correspondents;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.platform.crypto.Base32;
import org.tocsin.platform.crypto.LookupHash;

/**
 * The code in a thin mail, by which anybody can check that the mail is ours: three groups of five
 * characters. It names its day and nothing else; whose mail it stood in only shapes its first part,
 * under the key. No table is needed, and no code tells another.
 */
public final class MailCodes {
  /** How long a code can be checked. */
  public static final int DAYS = 120;

  private static final int NONCE = 3;
  private static final int PROOF = 6;
  private static final int KEY_ID = 4;

  private final LookupHash lookup;

  public MailCodes(LookupHash lookup) {
    this.lookup = lookup;
  }

  /**
   * @param reader who gets the mail, e.g. {@code member:7}
   */
  String code(String reader, Instant now) {
    long day = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
    byte[] nonce = cut(lookup.of("mail.code.reader:" + reader + ":" + day), NONCE);
    byte[] proof = cut(lookup.of(proofText(nonce, day)), PROOF);
    String text =
        Base32.encode(ByteBuffer.allocate(NONCE + PROOF).put(nonce).put(proof).array())
            .toUpperCase(Locale.ROOT);
    return text.substring(0, 5) + "-" + text.substring(5, 10) + "-" + text.substring(10);
  }

  /** The day on which we sent a mail with this code; empty where we did not, or too long ago. */
  public Optional<LocalDate> check(String typed, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    return Base32.decode(typed.replaceAll("[\\s-]+", ""))
        .filter(code -> code.length == NONCE + PROOF)
        .flatMap(
            code ->
                IntStream.range(0, DAYS)
                    .mapToObj(today::minusDays)
                    .filter(day -> proves(code, day))
                    .findFirst());
  }

  private boolean proves(byte[] code, LocalDate day) {
    byte[] nonce = Arrays.copyOf(code, NONCE);
    byte[] proof = Arrays.copyOfRange(code, NONCE, NONCE + PROOF);
    return Arrays.stream(lookup.allOf(proofText(nonce, day.toEpochDay())))
        .anyMatch(hash -> java.security.MessageDigest.isEqual(cut(hash, PROOF), proof));
  }

  private static String proofText(byte[] nonce, long day) {
    return "mail.code:" + Base32.encode(nonce) + ":" + day;
  }

  /** Without the key's number, which is the same in every hash. */
  private static byte[] cut(byte[] hash, int bytes) {
    return Arrays.copyOfRange(hash, KEY_ID, KEY_ID + bytes);
  }
}
