package org.tocsin.mailbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The captured mails on disk, and in memory what a list needs of each. A file begins with two lines
 * of the envelope (sender, recipient); the raw mail follows. Its name is its id and sorts by time.
 */
final class MailIndex {
  private static final String ENDING = ".mail";
  private static final String PARTIAL = ".partial";
  private static final Pattern NAME = Pattern.compile("\\d{18}-\\d{4}\\.mail");
  private static final int ENVELOPE_BYTES = 1_024;

  private final Path folder;
  private final int most;
  private final ConcurrentSkipListMap<String, Entry> entries = new ConcurrentSkipListMap<>();

  /** Beside the map, whose own size() walks through all of it. */
  private final AtomicInteger count = new AtomicInteger();

  /** The envelope of one mail and when it came. */
  record Entry(String id, String from, String to, Instant receivedAt) {}

  MailIndex(Path folder, int most) {
    this.folder = folder;
    this.most = most;
    try {
      Files.createDirectories(folder);
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          read(file);
        }
      }
    } catch (IOException unusable) {
      throw new UncheckedIOException("cannot use the mailbox folder " + folder, unusable);
    }
  }

  private void read(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.endsWith(PARTIAL)) {
      Files.deleteIfExists(file);
    } else if (NAME.matcher(name).matches()) {
      index(name.substring(0, name.length() - ENDING.length()), file);
    }
  }

  private void index(String id, Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(ENVELOPE_BYTES), StandardCharsets.UTF_8);
      List<String> envelope = start.lines().limit(2).toList();
      if (envelope.size() == 2) {
        put(new Entry(id, envelope.get(0), envelope.get(1), receivedAt(id)));
      }
    }
  }

  /** An id is the microsecond of receipt and a number, e.g. {@code 001760000000000000-0007}. */
  static String id(Instant received, int number) {
    long micros = received.getEpochSecond() * 1_000_000 + received.getNano() / 1_000;
    return String.format(Locale.ROOT, "%018d-%04d", micros, number % 10_000);
  }

  private static Instant receivedAt(String id) {
    long micros = Long.parseLong(id.substring(0, id.indexOf('-')));
    return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
  }

  /** Written aside and then moved, so that a half-written mail is never listed. */
  void add(String id, String from, String to, byte[] raw) throws IOException {
    Path partial = folder.resolve(id + PARTIAL);
    byte[] envelope = (from + "\n" + to + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = new byte[envelope.length + raw.length];
    System.arraycopy(envelope, 0, all, 0, envelope.length);
    System.arraycopy(raw, 0, all, envelope.length, raw.length);
    Files.write(partial, all);
    Files.move(partial, folder.resolve(id + ENDING), StandardCopyOption.ATOMIC_MOVE);
    put(new Entry(id, from, to, receivedAt(id)));
    while (count.get() > most) {
      dropOldest();
    }
  }

  private void put(Entry entry) {
    if (entries.put(entry.id(), entry) == null) {
      count.incrementAndGet();
    }
  }

  private void dropOldest() throws IOException {
    var oldest = entries.pollFirstEntry();
    if (oldest != null) {
      count.decrementAndGet();
      Files.deleteIfExists(folder.resolve(oldest.getKey() + ENDING));
    }
  }

  List<Entry> list(Optional<String> to, Optional<String> before, int limit) {
    var older = before.map(id -> entries.headMap(id, false)).orElse(entries).descendingMap();
    List<Entry> found = new ArrayList<>();
    for (Entry entry : older.values()) {
      if (to.isEmpty() || isTo(entry, to.get())) {
        found.add(entry);
        if (found.size() == limit) {
          break;
        }
      }
    }
    return found;
  }

  private static boolean isTo(Entry entry, String wanted) {
    int at = wanted.indexOf('@');
    boolean whole = at > 0 && at < wanted.length() - 1;
    return whole
        ? entry.to().equalsIgnoreCase(wanted)
        : entry.to().toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
  }

  Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  /** The mail as it came, without our two lines. */
  byte[] raw(Entry entry) {
    try {
      byte[] all = Files.readAllBytes(folder.resolve(entry.id() + ENDING));
      int at = 0;
      for (int lines = 0; lines < 2; at++) {
        if (all[at] == '\n') {
          lines++;
        }
      }
      return java.util.Arrays.copyOfRange(all, at, all.length);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read mail " + entry.id(), unreadable);
    }
  }
}
