package org.tocsin.officials;

import com.ibm.icu.util.ULocale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.cases.Countries;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** The bounds of what is written about an official. Every wrong field is named, all at once. */
final class OfficialRules {
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  private final Messages words;
  private final List<Field> problems = new ArrayList<>();

  private OfficialRules(Messages words) {
    this.words = words;
  }

  /** The details in their one spelling, or what is wrong. */
  static OfficialDetails checked(OfficialDetails given, Messages words) {
    OfficialRules rules = new OfficialRules(words);
    OfficialDetails tidy =
        new OfficialDetails(
            rules.required("office", given.office()),
            rules.line("holder", given.holder()),
            rules.required("body", given.body()),
            rules.country(given.country()),
            rules.postal(given.postalAddress()),
            rules.email(given.email()),
            rules.language(given.language()),
            rules.required("salutation", given.salutation()),
            rules.required("english_salutation", given.englishSalutation()));
    if (!rules.problems.isEmpty()) {
      throw new Invalid(rules.problems);
    }
    return tidy;
  }

  private String required(String field, String given) {
    String line = line(field, given);
    if (line.isEmpty()) {
      problem(field, "missing." + field);
    }
    return line;
  }

  private String line(String field, String given) {
    String line = readable(field, given.strip(), OfficialDetails.MAX_LINE);
    if (line.chars().anyMatch(c -> c == '\n' || c == 0x2028 || c == 0x2029)) {
      problem(field, "one_line");
    }
    return line;
  }

  /** Half a surrogate pair has no UTF-8: what is sealed would not be what was written. */
  private String readable(String field, String text, int most) {
    if (text.codePointCount(0, text.length()) > most) {
      problems.add(new Field(field, words.text("officials.problem.too_long", most)));
    } else if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n')
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      problem(field, "unreadable");
    }
    return text;
  }

  private String country(String given) {
    String code = given.strip();
    if (!Countries.known(code)) {
      problem("country", "country");
    }
    return code;
  }

  /** As it goes on an envelope: no blank lines, and no more lines than fit a window. */
  private String postal(String given) {
    String text =
        given
            .replace("\r\n", "\n")
            .replace('\r', '\n')
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
    readable("postal_address", text, OfficialDetails.MAX_POSTAL);
    if (text.isEmpty()) {
      problem("postal_address", "missing.postal_address");
    } else if (text.lines().count() > OfficialDetails.MAX_POSTAL_LINES) {
      problems.add(
          new Field(
              "postal_address",
              words.text("officials.problem.lines", OfficialDetails.MAX_POSTAL_LINES)));
    }
    return text;
  }

  private String email(String given) {
    Optional<EmailAddress> address = EmailAddress.parse(given);
    if (!given.isBlank() && address.isEmpty()) {
      problem("email", "email");
    }
    return address.map(EmailAddress::address).orElse("");
  }

  private String language(String given) {
    try {
      Locale locale = new Locale.Builder().setLanguageTag(given.strip()).build();
      if (LANGUAGES.contains(locale.getLanguage())
          || !locale.getDisplayLanguage(Locale.ENGLISH).equals(locale.getLanguage())) {
        return ULocale.forLocale(locale).toLanguageTag();
      }
    } catch (IllformedLocaleException notATag) {
      // Said below, as for a tag of no language.
    }
    problem("language", "language");
    return given.strip();
  }

  private void problem(String field, String what) {
    problems.add(new Field(field, words.text("officials.problem." + what)));
  }
}
