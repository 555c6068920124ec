package org.tocsin.web.desk;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.tocsin.calls.CallDraft;
import org.tocsin.web.Form;

/** The editor's form as it was typed; what cannot be read becomes what no rule lets pass. */
public record CallForm(
    String title,
    String body,
    List<String> areas,
    String needed,
    String answerBy,
    String languages) {
  static final CallForm BLANK = new CallForm("", "", List.of(), "1", "", "");
  private static final int LONGEST_LINE = 2_000;
  private static final int LONGEST_TEXT = 100_000;

  static CallForm of(Form form) {
    return new CallForm(
        form.text("title", LONGEST_LINE),
        form.text("body", LONGEST_TEXT),
        form.choices("areas"),
        form.line("needed", 20),
        form.line("answer_by", 40),
        form.line("languages", LONGEST_LINE));
  }

  static CallForm of(CallDraft draft) {
    return new CallForm(
        draft.title(),
        draft.body(),
        draft.areas(),
        String.valueOf(draft.needed()),
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm")
            .format(draft.answerBy().atOffset(ZoneOffset.UTC)),
        String.join(", ", draft.languages()));
  }

  CallDraft draft() {
    return new CallDraft(
        title,
        body,
        areas,
        needed.matches("[0-9]{1,6}") ? Integer.parseInt(needed) : 0,
        utc(answerBy),
        Arrays.stream(languages.split("[\\s,;]+")).filter(tag -> !tag.isEmpty()).toList());
  }

  /** As a browser's field has it, and said to be UTC beside that field. */
  private static Instant utc(String time) {
    try {
      return LocalDateTime.parse(time).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException malformed) {
      return Instant.EPOCH;
    }
  }

  @Override
  public String toString() {
    return "call form";
  }
}
