package org.tocsin.channels.webhook;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.channels.webhook.Vetting.Vetted;

/**
 * Servers that were found callable a moment ago, so that many events to one server cost one look.
 *
 * <p>Invariant: nothing is kept longer than three seconds, counted from before the look, and only
 * for URLs written so plainly that nothing but the path can differ from the one that was vetted.
 */
final class RecentOrigins {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST = 10_000;

  /** No user, no escapes, no query; what the long way would not change by a letter. */
  private static final Pattern PLAIN =
      Pattern.compile("(https?://[A-Za-z0-9.:-]++)(/[A-Za-z0-9/_.~-]*+)");

  private final Map<String, Seen> seen = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  private record Seen(Vetted vetted, long since) {}

  RecentOrigins(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  long now() {
    return nanoTime.getAsLong();
  }

  Optional<Vetted> find(String url) {
    return plain(url)
        .flatMap(
            plain ->
                Optional.ofNullable(seen.get(plain.group(1)))
                    .filter(one -> now() - one.since < FRESH_NANOS)
                    .map(one -> one.vetted.at(plain.group(2))));
  }

  /**
   * @param since {@link #now} before anything was looked at
   */
  void keep(String url, Vetted vetted, long since) {
    plain(url)
        .ifPresent(
            plain -> {
              if (seen.size() >= MOST) {
                seen.clear();
              }
              seen.put(plain.group(1), new Seen(vetted, since));
            });
  }

  private static Optional<Matcher> plain(String url) {
    Matcher plain = PLAIN.matcher(url);
    return url.length() <= WebhookUrl.LONGEST && plain.matches()
        ? Optional.of(plain)
        : Optional.empty();
  }
}
