package org.tocsin.bench.receiver;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where in a conversation a receiver can misbehave; after {@code DOT} a mail is there whole. */
enum Stage {
  CONNECT,
  MAIL,
  RCPT,
  DATA,
  DOT,
  REQUEST;

  static final Set<Stage> OF_MAIL = Collections.unmodifiableSet(EnumSet.range(CONNECT, DOT));
  static final Set<Stage> OF_WEBHOOKS = Collections.unmodifiableSet(EnumSet.of(CONNECT, REQUEST));

  /**
   * @throws IllegalArgumentException with words for whoever wrote it
   */
  static Stage of(String text) {
    return Arrays.stream(values())
        .filter(stage -> stage.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("at is one of " + Arrays.toString(values())));
  }
}
