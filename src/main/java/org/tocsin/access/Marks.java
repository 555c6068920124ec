package org.tocsin.access;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.crypto.Tokens;

/**
 * Reads and writes the cookie by which a browser is known again: sealed numbers, one mark a person,
 * the same length whatever the door, so that whoever finds it learns nothing of whose it is. It
 * opens nothing; it only gives its owner a budget that no stranger can use up.
 */
public final class Marks {
  /** As long as browsers keep a cookie. */
  public static final Duration LIVES = Duration.ofDays(400);

  private static final String PURPOSE = "browser.mark";

  /** Of the people who share a browser, or the doors of one person. */
  private static final int MOST = 4;

  private static final int LONGEST_COOKIE = 1_000;
  private static final int NUMBERS = 4;

  private final Tokens tokens;
  private final InstantSource clock;

  public Marks(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The genuine ones; a cookie is the browser's word. */
  public List<Mark> read(String cookie) {
    if (cookie.length() > LONGEST_COOKIE) {
      return List.of();
    }
    return Arrays.stream(cookie.split("\\."))
        .limit(MOST)
        .map(token -> tokens.read(PURPOSE, token))
        .flatMap(Optional::stream)
        .flatMap(numbers -> mark(numbers).stream())
        .toList();
  }

  private Optional<Mark> mark(long[] numbers) {
    if (numbers.length != NUMBERS || numbers[0] < 0 || numbers[0] >= Door.values().length) {
      return Optional.empty();
    }
    Mark mark =
        new Mark(
            Door.values()[(int) numbers[0]],
            numbers[1],
            numbers[2],
            LocalDate.ofEpochDay(numbers[3]));
    return Optional.of(mark)
        .filter(known -> today().isBefore(known.day().plusDays(LIVES.toDays())));
  }

  public String write(List<Mark> marks) {
    return marks.stream()
        .map(
            mark ->
                tokens.issue(
                    PURPOSE,
                    mark.door().ordinal(),
                    mark.person(),
                    mark.browser(),
                    mark.day().toEpochDay()))
        .collect(Collectors.joining("."));
  }

  /** What the cookie says once this person has come in. */
  public String add(String cookie, Door door, long person) {
    Mark fresh =
        new Mark(door, person, ByteBuffer.wrap(Secrets.randomBytes(Long.BYTES)).getLong(), today());
    return write(
        Stream.concat(
                Stream.of(fresh),
                read(cookie).stream()
                    .filter(known -> known.door() != door || known.person() != person))
            .limit(MOST)
            .toList());
  }

  private LocalDate today() {
    Instant now = clock.instant();
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
