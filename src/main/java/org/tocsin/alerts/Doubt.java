package org.tocsin.alerts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/**
 * Something in a message that is seldom meant. Whoever submits it mends it or says that it is
 * meant; that is frozen with the message, and the approver reads it.
 *
 * @param addressee whose letter it is about; 0 for none
 */
public record Doubt(Kind kind, int addressee) {
  private static final String NEEDED = "confirmation_needed";

  /** What it is. */
  public enum Kind {
    /** Members are asked to act, and nobody is named to whom. */
    NO_ADDRESSEES,
    /** Members are asked to act, and there is no letter for them. */
    NO_LETTERS,
    /** A letter opens in another language than its own. */
    LETTER_LANGUAGE
  }

  static List<Doubt> of(AlertDraft draft) {
    List<Doubt> doubts = new ArrayList<>();
    boolean action = draft.kind() == AlertKind.ACTION;
    if (action && draft.targets().isEmpty()) {
      doubts.add(new Doubt(Kind.NO_ADDRESSEES, 0));
    }
    if (action && draft.letters().isEmpty()) {
      doubts.add(new Doubt(Kind.NO_LETTERS, 0));
    }
    Addressee.of(draft).stream()
        .filter(one -> !one.fits())
        .forEach(one -> doubts.add(new Doubt(Kind.LETTER_LANGUAGE, one.no())));
    return doubts;
  }

  /** What confirms it, e.g. {@code letter_language:2}; part of the API. */
  public String code() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return addressee == 0 ? word : word + ":" + addressee;
  }

  /** In a sentence that names the letter and the addressee. */
  public String says(AlertDraft draft, Messages words) {
    String key = "alerts.doubt." + kind.name();
    if (addressee == 0) {
      return words.text(key);
    }
    Addressee one = Addressee.of(draft).get(addressee - 1);
    String tag = one.letter().map(ModelLetter::language).orElse("");
    String language = Locale.forLanguageTag(tag).getDisplayName(words.locale());
    return words.text(key, language, one.target().name(), one.salutation());
  }

  /** Invalid {@code confirmation_needed}: every doubt that was not confirmed, by its code. */
  static void requireConfirmed(AlertDraft draft, Set<String> confirmed, Messages words) {
    List<Field> open =
        of(draft).stream()
            .filter(doubt -> !confirmed.contains(doubt.code()))
            .map(doubt -> new Field(doubt.code(), doubt.says(draft, words)))
            .toList();
    if (!open.isEmpty()) {
      throw new Invalid(NEEDED, open);
    }
  }
}
