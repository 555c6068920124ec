package org.tocsin.release;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What is approved, as 32 bytes: SHA-256 over a canonical form of everything that is sent. */
public record ContentHash(String hex) {
  private static final int BYTES = 32;
  private static final int SHOWN = 12;

  public ContentHash {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal");
    }
  }

  public static ContentHash of(byte[] bytes) {
    return new ContentHash(HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Enough for two people to compare by eye: three groups of four. */
  public String shortForm() {
    return hex.substring(0, SHOWN).replaceAll("(.{4})(?!$)", "$1 ");
  }

  /**
   * The canonical form: every field with its name and both with their lengths, so that no two
   * different contents give the same bytes.
   */
  public static final class Canon {
    private final MessageDigest sha;

    public Canon(String kind) {
      try {
        this.sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException(impossible);
      }
      text(kind);
    }

    public Canon field(String name, String value) {
      text(name);
      text(value);
      return this;
    }

    private void text(String value) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      sha.update(bytes);
    }

    public ContentHash hash() {
      return ContentHash.of(sha.digest());
    }
  }
}
