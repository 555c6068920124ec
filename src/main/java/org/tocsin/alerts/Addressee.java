package org.tocsin.alerts;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.letters.Letter;

/**
 * An official of a message and the letter for them. Whoever shows or makes a letter asks here,
 * members and staff alike.
 *
 * @param no from 1; the letter's address ends with it
 */
public record Addressee(int no, Target target, Optional<ModelLetter> letter) {

  public static List<Addressee> of(AlertDraft draft) {
    return IntStream.range(0, draft.targets().size())
        .mapToObj(
            i -> {
              Target target = draft.targets().get(i);
              return new Addressee(i + 1, target, MemberLetter.choose(draft.letters(), target));
            })
        .toList();
  }

  /** The letter as one member sends it. */
  public Optional<Letter> made(String name, LocalDate today) {
    return letter.map(model -> new MemberLetter(model, target, name, today).made());
  }

  /** How the letter opens; without a letter, as they are greeted in their own language. */
  public String salutation() {
    return letter
        .map(model -> Salutation.of(target, model.language()).text())
        .orElse(target.salutation());
  }

  /** Whether the letter opens in the language in which it is written. */
  public boolean fits() {
    return letter.map(model -> Salutation.of(target, model.language()).fits()).orElse(true);
  }

  @Override
  public String toString() {
    return "addressee " + no;
  }
}
