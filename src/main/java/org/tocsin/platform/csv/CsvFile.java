package org.tocsin.platform.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Consumer;
import org.tocsin.platform.errors.HubException.Invalid;

/** A CSV file, held as it was when it was opened, so that both readings see the same rows. */
public final class CsvFile {
  /** About a million rows; a larger file can be split. */
  private static final long MOST_BYTES = 256L * 1024 * 1024;

  private static final int MOST_CHARS_IN_A_FIELD = 1024 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String name;
  private final byte[] bytes;
  private final int start;

  private CsvFile(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.start = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
  }

  public static CsvFile open(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw problem(file.getFileName() + " is a folder, not a file");
      }
      if (Files.size(file) > MOST_BYTES) {
        throw problem(
            file.getFileName() + " is larger than " + (MOST_BYTES >> 20) + " MiB; split it");
      }
      CsvFile opened = new CsvFile(String.valueOf(file.getFileName()), Files.readAllBytes(file));
      opened.checkEncoding();
      return opened;
    } catch (NoSuchFileException missing) {
      throw problem("there is no file " + file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + file, unreadable);
    }
  }

  /** What was pasted somewhere as text. */
  public static CsvFile of(String name, byte[] bytes) {
    CsvFile opened = new CsvFile(name, bytes);
    opened.checkEncoding();
    return opened;
  }

  public String name() {
    return name;
  }

  public byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Every record, the heading too; an empty line is none. */
  public void forEachRecord(Consumer<CsvRecord> reader) {
    long line = 0;
    try (CsvReader<CsvRecord> records =
        CsvReader.builder()
            .skipEmptyLines(true)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .maxBufferSize(MOST_CHARS_IN_A_FIELD)
            .ofCsvRecord(text())) {
      for (CsvRecord record : records) {
        line = record.getStartingLineNumber();
        reader.accept(record);
      }
    } catch (CsvParseException malformed) {
      throw problem(
          name
              + " cannot be read as CSV after line "
              + line
              + ": a quote is never closed or is followed by text, or a field is longer than "
              + MOST_CHARS_IN_A_FIELD
              + " characters");
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Reader text() {
    return new InputStreamReader(
        new ByteArrayInputStream(bytes, start, bytes.length - start), StandardCharsets.UTF_8);
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= BYTE_ORDER_MARK.length
        && bytes[0] == BYTE_ORDER_MARK[0]
        && bytes[1] == BYTE_ORDER_MARK[1]
        && bytes[2] == BYTE_ORDER_MARK[2];
  }

  private void checkEncoding() {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(64 * 1024);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (result.isError()) {
        throw problem(
            name
                + " is not UTF-8: line "
                + lineAt(in.position())
                + " holds other bytes; save it as CSV UTF-8");
      }
      if (result.isUnderflow()) {
        return;
      }
      out.clear();
    }
  }

  /** As an editor counts: each LF, CR LF or lone CR ends a line. */
  private int lineAt(int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (bytes[i] == '\n'
          || (bytes[i] == '\r' && (i + 1 >= bytes.length || bytes[i + 1] != '\n'))) {
        line++;
      }
    }
    return line;
  }

  public static Invalid problem(String text) {
    return new Invalid("file", text);
  }
}
