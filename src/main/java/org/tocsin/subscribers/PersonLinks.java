package org.tocsin.subscribers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Tokens;

/**
 * The links in our mails to people. Each token carries its meaning in numbers, so no table of
 * tokens exists that could be stolen or lost:
 *
 * <pre>
 * /u/…            subscriber, topics                          for ever
 * /confirm/…      subscriber, generation, when asked, topics   7 days
 * /preferences/…  subscriber, generation, last day             60 days: newsletters are forwarded
 * /address/…      change, which side                           as long as the change waits (48 h)
 * </pre>
 *
 * A topic travels as its {@link Topics#number}, two to a long, so that an unsubscribe token of up
 * to three topics fits the local part of a mail address (RFC 5321: 64).
 */
public final class PersonLinks {
  private static final String UNSUBSCRIBE = "unsubscribe";
  private static final String CONFIRM = "confirm";
  private static final String PREFERENCES = "preferences";
  private static final String ADDRESS = "address";

  static final int TOPICS_IN_A_MAILBOX_NAME = 3;
  static final Duration PREFERENCES_FOR = Duration.ofDays(60);
  private static final long LOW = 0xFFFF_FFFFL;

  private final Tokens tokens;
  private final Settings.Http http;

  public PersonLinks(Tokens tokens, Settings.Http http) {
    this.tokens = tokens;
    this.http = http;
  }

  /** Which person's which lists. */
  record Unsubscribe(SubscriberId id, List<Integer> topics) {}

  /** What somebody asked for at a moment. */
  record Confirm(SubscriberId id, int links, Instant asked, List<Integer> topics) {
    boolean expired(Instant now) {
      return now.isAfter(asked.plus(Person.PENDING_FOR));
    }
  }

  record Preferences(SubscriberId id, int links, LocalDate lastDay) {
    boolean expired(Instant now) {
      return LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(lastDay);
    }
  }

  /** Which of the two mailboxes proves itself. */
  enum Side {
    OLD,
    NEW
  }

  record Proof(long change, Side side) {}

  String unsubscribe(SubscriberId id, Collection<String> topics) {
    return tokens.issue(UNSUBSCRIBE, packed(List.of(), number(id.value()), topics));
  }

  Optional<Unsubscribe> readUnsubscribe(String token) {
    return tokens
        .read(UNSUBSCRIBE, token)
        .map(numbers -> new Unsubscribe(new SubscriberId(high(numbers[0])), topics(numbers, 0)));
  }

  /** To the millisecond, rounded up: what was done before the asking must not look later. */
  String confirm(Person person, Instant asked, Collection<String> topics) {
    return confirm(person.id(), person.links(), asked, topics);
  }

  String confirm(SubscriberId id, int links, Instant asked, Collection<String> topics) {
    long millis = asked.plusNanos(999_999).toEpochMilli();
    return tokens.issue(CONFIRM, packed(List.of(id.value(), millis), links, topics));
  }

  Optional<Confirm> readConfirm(String token) {
    return tokens
        .read(CONFIRM, token)
        .map(
            numbers ->
                new Confirm(
                    new SubscriberId(numbers[0]),
                    (int) high(numbers[2]),
                    Instant.ofEpochMilli(numbers[1]),
                    topics(numbers, 2)));
  }

  /** The same all day for one person. */
  public String preferences(SubscriberId id, int links, Instant now) {
    LocalDate lastDay = LocalDate.ofInstant(now.plus(PREFERENCES_FOR), ZoneOffset.UTC);
    return tokens.issue(PREFERENCES, id.value(), links, lastDay.toEpochDay());
  }

  Optional<Preferences> readPreferences(String token) {
    return tokens
        .read(PREFERENCES, token)
        .map(
            numbers ->
                new Preferences(
                    new SubscriberId(numbers[0]),
                    (int) numbers[1],
                    LocalDate.ofEpochDay(numbers[2])));
  }

  String proof(long change, Side side) {
    return tokens.issue(ADDRESS, change, side.ordinal());
  }

  Optional<Proof> readProof(String token) {
    return tokens
        .read(ADDRESS, token)
        .map(numbers -> new Proof(numbers[0], numbers[1] == 0 ? Side.OLD : Side.NEW));
  }

  String unsubscribeUrl(String token) {
    return http.link("/u/" + token);
  }

  String confirmUrl(String token) {
    return http.link("/confirm/" + token);
  }

  String preferencesUrl(String token) {
    return http.link("/preferences/" + token);
  }

  String proofUrl(String token) {
    return http.link("/address/" + token);
  }

  /** {@code first} and the topics, each in half a long; an odd end repeats the last topic. */
  private static long[] packed(List<Long> before, long first, Collection<String> topics) {
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("a link to no topic");
    }
    List<Long> halves = new ArrayList<>();
    halves.add(first);
    topics.forEach(topic -> halves.add(Topics.number(topic) & LOW));
    if (halves.size() % 2 == 1) {
      halves.add(halves.getLast());
    }
    List<Long> numbers = new ArrayList<>(before);
    for (int i = 0; i < halves.size(); i += 2) {
      numbers.add(halves.get(i) << 32 | halves.get(i + 1));
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static List<Integer> topics(long[] numbers, int from) {
    List<Integer> topics = new ArrayList<>();
    topics.add((int) numbers[from]);
    for (int i = from + 1; i < numbers.length; i++) {
      topics.add((int) high(numbers[i]));
      topics.add((int) numbers[i]);
    }
    return topics.stream().distinct().toList();
  }

  private static long high(long number) {
    return number >>> 32;
  }

  private static long number(long id) {
    if (id <= 0 || id > LOW) {
      throw new IllegalArgumentException("a subscriber's number has 32 bits");
    }
    return id;
  }
}
