package org.tocsin.platform.config;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;

/** Reads who signs mail: each key has a file and a selector, and all sign for one domain. */
final class DkimReading {
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")+");
  private static final Pattern SELECTOR = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  private final SettingsReader read;

  private DkimReading(SettingsReader read) {
    this.read = read;
  }

  static Optional<Dkim> of(SettingsReader read, String from) {
    return new DkimReading(read).dkim(from);
  }

  private Optional<Dkim> dkim(String from) {
    Optional<DkimKey> rsa = key("rsa");
    Optional<DkimKey> ed25519 = key("ed25519");
    Optional<String> domain = read.optional("smtp.dkim.domain");
    if (rsa.isEmpty() && ed25519.isEmpty()) {
      domain.ifPresent(
          name -> read.problem("smtp.dkim.domain", "signs nothing: no key is named beside it"));
      return Optional.empty();
    }
    if (rsa.map(DkimKey::selector).equals(ed25519.map(DkimKey::selector))) {
      read.problem(
          "smtp.dkim.ed25519_selector",
          "must differ from smtp.dkim.rsa_selector: each key has a record of its own");
    }
    return Optional.of(new Dkim(domain(from), rsa, ed25519));
  }

  private Optional<DkimKey> key(String kind) {
    String key = "smtp.dkim." + kind + "_key";
    String selectorKey = "smtp.dkim." + kind + "_selector";
    Optional<String> selector = read.optional(selectorKey);
    if (read.optional(key).isPresent() != selector.isPresent()) {
      read.problem(key, "and " + selectorKey + " go together");
      return Optional.empty();
    }
    selector
        .filter(name -> !SELECTOR.matcher(name).matches())
        .ifPresent(
            name ->
                read.problem(
                    selectorKey,
                    "must be lower-case words, digits and hyphens, not '" + name + "'"));
    return selector.map(name -> new DkimKey(name, read.path(key, "")));
  }

  /** A signature of another domain than the sender's is worth nothing (RFC 7489, 3.1.1). */
  private String domain(String from) {
    String domain =
        read.required("smtp.dkim.domain", "name the domain that the keys sign for")
            .toLowerCase(Locale.ROOT);
    if (domain.isEmpty()) {
      return domain;
    }
    if (!DOMAIN.matcher(domain).matches()) {
      read.problem("smtp.dkim.domain", "must be a domain in ASCII (xn--… where it is not)");
    } else if (!("." + domainOf(from)).endsWith("." + domain)) {
      read.problem(
          "smtp.dkim.domain",
          "must be the domain of mail.from, " + domainOf(from) + ", or above it");
    }
    return domain;
  }

  private static String domainOf(String address) {
    String domain = address.substring(address.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    try {
      return IDN.toASCII(domain);
    } catch (IllegalArgumentException none) {
      return domain;
    }
  }
}
