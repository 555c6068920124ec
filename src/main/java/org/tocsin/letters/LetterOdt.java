package org.tocsin.letters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A letter as an OpenDocument text (ODF 1.2), for who wants to put it in words of their own.
 *
 * <p>The package: {@code mimetype} first and stored (part 3, 3.3), so that a file manager knows it
 * by its first bytes; then what it holds and the manifest that names it.
 */
public final class LetterOdt {
  static final String MEDIA_TYPE = "application/vnd.oasis.opendocument.text";

  /**
   * When it was made is nobody's business; any earlier, and a ZIP entry grows a field ODF forbids.
   */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private LetterOdt() {}

  public static byte[] of(Letter letter, Paper paper) {
    OdtWords words = new OdtWords(letter);
    OdtStyles styles = new OdtStyles(letter, paper);
    ByteArrayOutputStream odt = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(odt)) {
      stored(zip, "mimetype", MEDIA_TYPE);
      deflated(zip, "content.xml", words.xml());
      deflated(zip, "styles.xml", styles.xml());
      deflated(zip, "meta.xml", OdtMeta.xml());
      deflated(zip, "META-INF/manifest.xml", OdtMeta.manifest());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return odt.toByteArray();
  }

  private static void stored(ZipOutputStream zip, String name, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = entry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  private static void deflated(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static ZipEntry entry(String name) {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    return entry;
  }
}
