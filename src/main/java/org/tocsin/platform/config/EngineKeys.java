package org.tocsin.platform.config;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.platform.config.Settings.Engine;
import org.tocsin.platform.config.Settings.WarmUp;

/** Reads {@code engine}: how much goes out at once, and how fast. */
final class EngineKeys {
  private static final Pattern WARM_UP = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})=([1-9]\\d{0,7})");
  private static final Pattern DOMAIN_RATE =
      Pattern.compile("([a-z0-9-]+(?:\\.[a-z0-9-]+)*)=(0*[1-9][0-9]{0,5}|[0-9]{1,6}\\.[0-9]{1,3})");

  private EngineKeys() {}

  static Engine read(SettingsReader read, int connections) {
    return new Engine(
        read.number("engine.email_slots", 2 * connections, 1, 4_096),
        read.number("engine.webhook_slots", 256, 1, 4_096),
        domainRates(read),
        emailRate(read),
        warmUp(read),
        read.number("engine.keep_months", 24, 1, 1_200));
  }

  private static OptionalDouble emailRate(SettingsReader read) {
    int rate = read.number("engine.email_rate", 0, 0, 1_000_000);
    return rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }

  /** {@code 2026-12-01=500}. */
  private static Optional<WarmUp> warmUp(SettingsReader read) {
    return read.optional("engine.warm_up").flatMap(word -> warmUp(read, word));
  }

  private static Optional<WarmUp> warmUp(SettingsReader read, String word) {
    Matcher ramp = WARM_UP.matcher(word);
    try {
      if (ramp.matches()) {
        return Optional.of(
            new WarmUp(LocalDate.parse(ramp.group(1)), Integer.parseInt(ramp.group(2))));
      }
    } catch (DateTimeException noSuchDay) {
      // told below
    }
    read.problem("engine.warm_up", "is a day and the mails of that day, like 2026-12-01=500");
    return Optional.empty();
  }

  /** Words like {@code example.org=20}. */
  private static Map<String, Double> domainRates(SettingsReader read) {
    Map<String, Double> rates = new HashMap<>();
    for (String word : read.list("engine.domain_rates", List.of())) {
      Matcher rate = DOMAIN_RATE.matcher(word.toLowerCase(Locale.ROOT));
      if (rate.matches() && Double.parseDouble(rate.group(2)) > 0) {
        rates.put(rate.group(1), Double.parseDouble(rate.group(2)));
      } else {
        read.problem(
            "engine.domain_rates",
            "must be words like example.org=20, a domain and its messages a second; this is none: "
                + word);
      }
    }
    return Map.copyOf(rates);
  }
}
