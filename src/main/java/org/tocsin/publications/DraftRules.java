package org.tocsin.publications;

import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** The bounds of a draft. Every wrong field is named, all at once; the names are the API's. */
final class DraftRules {
  static final int MAX_TOPICS = 50;
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2199;
  private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");

  /** Who writes one wants it filled in. Nothing is in an author's words, and all would read it. */
  private static final Pattern HOLE = Pattern.compile("\\{\\{[a-z][a-z0-9_]*}}");

  private final Predicate<String> knownTopic;

  DraftRules(Predicate<String> knownTopic) {
    this.knownTopic = knownTopic;
  }

  /**
   * The draft in its one spelling (trimmed lines, Unix line ends, each topic once), or what is
   * wrong.
   */
  Draft checked(Draft draft, Messages words) {
    Draft tidy = tidy(draft);
    List<Field> problems = problems(tidy, words);
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return tidy;
  }

  static Draft tidy(Draft draft) {
    return new Draft(
        draft.month().strip(),
        draft.subject().strip(),
        draft.preheader().strip(),
        draft.markdown().replace("\r\n", "\n").replace('\r', '\n'),
        List.copyOf(new LinkedHashSet<>(draft.topics())));
  }

  List<Field> problems(Draft tidy, Messages words) {
    List<Field> problems = new ArrayList<>();
    checkMonth(tidy.month(), problems, words);
    checkLine("subject", tidy.subject(), Draft.MAX_SUBJECT, problems, words);
    checkLine("preheader", tidy.preheader(), Draft.MAX_PREHEADER, problems, words);
    if (tidy.subject().isEmpty()) {
      problems.add(new Field("subject", words.text("desk.newsletter.error.subject_missing")));
    }
    checkBody(tidy.markdown(), problems, words);
    checkTopics(tidy.topics(), problems, words);
    return problems;
  }

  static Invalid monthTaken(String month, Messages words) {
    return new Invalid("month", words.text("desk.newsletter.error.month_taken", month));
  }

  private static void checkMonth(String month, List<Field> problems, Messages words) {
    try {
      if (MONTH.matcher(month).matches()) {
        int year = YearMonth.parse(month).getYear();
        if (year >= FIRST_YEAR && year <= LAST_YEAR) {
          return;
        }
      }
    } catch (DateTimeParseException noSuchMonth) {
      // said below, as for every other wrong month
    }
    problems.add(new Field("month", words.text("desk.newsletter.error.month")));
  }

  private static void checkLine(
      String name, String line, int most, List<Field> problems, Messages words) {
    if (line.codePointCount(0, line.length()) > most) {
      problems.add(new Field(name, words.text("desk.newsletter.error.too_long", most)));
    } else if (line.codePoints().anyMatch(DraftRules::breaksALine)) {
      problems.add(new Field(name, words.text("desk.newsletter.error.one_line")));
    } else {
      checkText(name, line, problems, words);
    }
  }

  private static void checkBody(String body, List<Field> problems, Messages words) {
    if (body.isBlank()) {
      problems.add(new Field("body_markdown", words.text("desk.newsletter.error.body_missing")));
    } else if (body.length() > Draft.MAX_BODY_BYTES
        || body.getBytes(StandardCharsets.UTF_8).length > Draft.MAX_BODY_BYTES) {
      problems.add(
          new Field(
              "body_markdown",
              words.text("desk.newsletter.error.body_too_long", Draft.MAX_BODY_BYTES / 1000)));
    } else if (body.chars()
        .anyMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\t') || turnsAround(c))) {
      problems.add(new Field("body_markdown", words.text("desk.newsletter.error.control")));
    } else {
      checkText("body_markdown", body, problems, words);
    }
  }

  /**
   * Half a surrogate pair has no UTF-8, so what is hashed would not be what is stored; the last two
   * code units have no place in XML, so not in a feed.
   */
  private static void checkText(String name, String text, List<Field> problems, Messages words) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)
        || text.chars().anyMatch(c -> c >= 0xFFFE)) {
      problems.add(new Field(name, words.text("desk.newsletter.error.control")));
    } else if (HOLE.matcher(text).find()) {
      problems.add(new Field(name, words.text("desk.newsletter.error.hole")));
    }
  }

  private void checkTopics(List<String> topics, List<Field> problems, Messages words) {
    if (topics.isEmpty()) {
      problems.add(new Field("topics", words.text("desk.newsletter.error.topics_missing")));
    } else if (topics.size() > MAX_TOPICS || !topics.stream().allMatch(knownTopic)) {
      problems.add(new Field("topics", words.text("desk.newsletter.error.topics_unknown")));
    }
  }

  /** Overrides of direction make a line read otherwise than it is written. */
  private static boolean turnsAround(int c) {
    return c == 0x202D || c == 0x202E;
  }

  /** Next line and the two Unicode separators break lines too; the first is an ISO control. */
  private static boolean breaksALine(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || turnsAround(c);
  }
}
