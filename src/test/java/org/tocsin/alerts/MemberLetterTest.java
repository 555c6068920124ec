package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tocsin.letters.Letter;

/** How a model letter becomes one member's. */
class MemberLetterTest {
  private static final Target TARGET =
      new Target("Minister", "Ministry", "Square 1", "", "Your Excellency,", "en", "");

  private static Letter made(String body) {
    return new MemberLetter(
            new ModelLetter("en", "On {{date}}", body), TARGET, "Ada", LocalDate.of(2026, 6, 15))
        .made();
  }

  @Test
  void theGreetingAndTheNameBelowTakeTheirOwnPlaces() {
    Letter letter = made("{{ salutation }}\n\nOne.\nTwo.\n \nThree.\n\nYours,\n{{name}}\n");
    assertThat(letter.salutation()).isEqualTo("Your Excellency,");
    assertThat(letter.paragraphs()).containsExactly("One.\nTwo.", "Three.", "Yours,");
    assertThat(letter.signature()).containsExactly("Ada");
    assertThat(letter.subject()).isEqualTo("On 15 June 2026");
    assertThat(letter.placeAndDate()).isEqualTo("15 June 2026");
  }

  @Test
  void whatTheTextDoesNotHaveIsAdded() {
    Letter letter = made("I, {{name}}, write to the {{office}}.\n\nYours,");
    assertThat(letter.salutation()).isEqualTo("Your Excellency,");
    assertThat(letter.paragraphs()).containsExactly("I, Ada, write to the Minister.", "Yours,");
    assertThat(letter.signature()).containsExactly("Ada");
  }

  @Test
  void whatTheTextHasElsewhereIsNotSaidTwice() {
    Letter letter = made("Dear {{salutation}}\n\nIt is {{date}}.\n\nYours, {{name}}");
    assertThat(letter.salutation()).isEmpty();
    assertThat(letter.placeAndDate()).isEmpty();
    assertThat(letter.paragraphs())
        .containsExactly("Dear Your Excellency,", "It is 15 June 2026.", "Yours, Ada");
    assertThat(letter.signature()).isEmpty();
  }

  @Test
  void aLetterOfHolesAloneIsStillALetter() {
    assertThat(made("{{salutation}}").salutation()).isEqualTo("Your Excellency,");
    assertThat(made("{{name}}").signature()).containsExactly("Ada");
    assertThat(made("{{name}}").paragraphs()).isEmpty();
  }

  @Test
  void theOfficialsLanguageComesFirstThenEnglishThenAny() {
    ModelLetter spanish = new ModelLetter("es", "", "Hola");
    ModelLetter english = new ModelLetter("en-GB", "", "Hello");
    ModelLetter arabic = new ModelLetter("ar", "", "مرحبا");
    List<ModelLetter> all = List.of(spanish, english, arabic);
    assertThat(choose(all, "ar")).isEqualTo(arabic);
    assertThat(choose(all, "ar-EG")).isEqualTo(arabic);
    assertThat(choose(all, "fr")).isEqualTo(english);
    assertThat(choose(List.of(spanish, arabic), "fr")).isEqualTo(spanish);
    assertThat(MemberLetter.choose(List.of(), TARGET)).isEmpty();
  }

  private static ModelLetter choose(List<ModelLetter> letters, String language) {
    return MemberLetter.choose(letters, new Target("x", "", "", "", "", language, ""))
        .orElseThrow();
  }
}
