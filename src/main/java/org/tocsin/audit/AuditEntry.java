package org.tocsin.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One link of the chain. Its hash covers every field and the hash before it. */
public record AuditEntry(
    long no,
    Instant at,
    String actor,
    String action,
    String subject,
    String detail,
    byte[] previous,
    byte[] hash) {
  private static final String NO_DETAIL = "{}";
  private static final byte[] NO_HASH = {};

  static AuditEntry next(
      long no,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail,
      byte[] previous) {
    Instant stored = at.truncatedTo(ChronoUnit.MICROS);
    return new AuditEntry(
        no,
        stored,
        actor,
        action,
        subject,
        detail,
        previous,
        digest(no, stored, actor, action, subject, detail, previous));
  }

  /**
   * As it is shown to whoever may not prove what it says.
   *
   * @param detail whether that stays away too
   */
  AuditEntry without(boolean detail) {
    return new AuditEntry(
        no, at, actor, action, subject, detail ? NO_DETAIL : this.detail, NO_HASH, NO_HASH);
  }

  boolean intact() {
    return MessageDigest.isEqual(hash, digest(no, at, actor, action, subject, detail, previous));
  }

  /** Each field goes in with its length, so that no two different entries give the same bytes. */
  private static byte[] digest(
      long no,
      Instant at,
      String actor,
      String action,
      String subject,
      String detail,
      byte[] previous) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(previous);
      sha.update(
          ByteBuffer.allocate(20)
              .putLong(no)
              .putLong(at.getEpochSecond())
              .putInt(at.getNano())
              .array());
      for (String field : new String[] {actor, action, subject, detail}) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        sha.update(bytes);
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
