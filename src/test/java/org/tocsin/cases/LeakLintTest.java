package org.tocsin.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.cases.Leak.Certainty;
import org.tocsin.cases.Leak.Kind;
import org.tocsin.cases.LeakLint.Extent;
import org.tocsin.platform.language.Languages;

/** What tells of a case in a text, however it is written, and what only looks so. */
class LeakLintTest {
  private final CaseFixture fixture = new CaseFixture();
  private final LeakLint lint = new LeakLint(fixture.book, Languages.load());

  @AfterEach
  void close() {
    fixture.close();
  }

  private CaseFile about(String name, String... others) {
    return fixture.cases.create(
        new CaseDetails(
            name, String.join("\n", others), "XN", Profession.PHYSICIAN, "Arrested at work."),
        fixture.officer.id(),
        fixture.words);
  }

  /** What was found, each as its certainty and its words. */
  private List<String> found(String text) {
    return shown(text, lint.find(text, Extent.PUBLIC));
  }

  private static List<String> shown(String text, List<Leak> leaks) {
    return leaks.stream()
        .map(leak -> leak.certainty() + " " + text.substring(leak.from(), leak.to()))
        .toList();
  }

  @Test
  void aFullNameIsFoundWithItsPlaceAndItsCase() {
    about("Quillan Abernethy");
    CaseFile file = about("Ilyas Voren");
    String text = "We heard that Ilyas Voren is free.";
    assertThat(lint.find(text, Extent.PUBLIC))
        .containsExactly(new Leak(Optional.of(file.id()), Kind.NAME, Certainty.CERTAIN, 14, 25));
    assertThat(found("We heard that somebody is free.")).isEmpty();
  }

  @Test
  void aNameOfCommonWordsIsFoundWholeAndNeverInParts() {
    about("Hope Summer");
    about("Rose May");
    about("Li Na");
    for (String harmless :
        List.of(
            "There is hope this summer, when every rose blooms in May.",
            "We lost hope. Summer came.",
            "Na li, lina; roses, maybe; summers of hope")) {
      assertThat(found(harmless)).as(harmless).isEmpty();
    }
    assertThat(found("Free Hope Summer, ROSE MAY and Li Na!"))
        .containsExactly("CERTAIN Hope Summer", "CERTAIN ROSE MAY", "CERTAIN Li Na");
  }

  @Test
  void whateverStandsBetweenTheLettersANameIsFound() {
    about("Hope Summer");
    about("Zoë Quillan-Abernethy");
    for (String hidden :
        List.of(
            "Hope\nSummer",
            "Hope\r\n> Summer",
            "Ho*pe* Sum*mer*",
            "**Hope** _Summer_",
            "*Hope*Summer",
            "Hope_Summer",
            "#HopeSummer",
            "Ho\u00ADpe Sum\u00ADmer",
            "Hope\u200B \u2060Sum\uFEFFmer",
            "Hope\u00A0Summer",
            "Hope&nbsp;Summer",
            "H&#111;pe Su&#x6D;mer",
            "Ho&shy;pe Sum&#8203;mer",
            "Ｈｏｐｅ Ｓｕｍｍｅｒ",
            "𝐇𝐨𝐩𝐞 𝑆𝑢𝑚𝑚𝑒𝑟",
            "Hópe Sümmêr",
            "Ho\u0301pe Su\u0308mmer",
            "<b>Ho</b>pe <i>Summer</i>",
            "Ho<!-- no -->pe Summer",
            "| Hope | Summer |",
            "Hope<br>Sum*mer*",
            "[Hope](https://www.example.org/a) Summer",
            "[Ho](https://www.example.org/a \"x\")pe Summer",
            "![Hope Summer](picture.png)",
            "<img alt=\"Hope Summer\">",
            "[him](https://www.example.org/hope-summer.html)",
            "[him](https://www.example.org/?q=hope+summer)",
            "[him](https://www.example.org/Hope%20Summer)",
            "Hope Sum-\nmer",
            "Hope Summer's",
            "Hope Summer’s",
            "“Hope Summer”",
            "Hope M. Summer",
            "HOPE SUMMER")) {
      assertThat(lint.find("Free " + hidden + " now", Extent.PUBLIC))
          .as(hidden)
          .filteredOn(Leak::certain)
          .hasSize(1);
    }
    for (String spelling :
        List.of("Zoe Quillan Abernethy", "zoë quillan‑abernethy", "ZOE QUILLANABERNETHY")) {
      assertThat(found(spelling)).as(spelling).containsExactly("CERTAIN " + spelling);
    }
  }

  @Test
  void anInvisibleSignDoesNotMakeANameOutOfAnotherWord() {
    about("Rose May");
    assertThat(found("prose mayhem")).isEmpty();
    assertThat(found("Rosemary, Rose Mayhem, Primrose May")).isEmpty();
  }

  @Test
  void onePartOfANameIsPossibleUnlessItIsCommonOrShort() {
    about("Ilyas Voren");
    about("Anna Lee");
    assertThat(found("Dr Voren and Ilyas, and VOREN’s friend"))
        .containsExactly("POSSIBLE Voren", "POSSIBLE Ilyas", "POSSIBLE VOREN");
    assertThat(found("Vorens, devoren, Voren-like")).containsExactly("POSSIBLE Voren");
    assertThat(found("Mrs Lee")).isEmpty();
    assertThat(found("Voren, Ilyas")).containsExactly("POSSIBLE Voren", "POSSIBLE Ilyas");
  }

  @Test
  void otherNamesLongNamesAndTitlesCountToo() {
    about("Dr. Gabriel Ondarza de la Torre", "Gabo Ondarzaga\nThe Nightingale");
    assertThat(found("Gabriel Ondarza; Gabriel de la Torre; Gabo Ondarzaga; Gabriel O. Torre"))
        .containsExactly(
            "CERTAIN Gabriel Ondarza",
            "CERTAIN Gabriel de la Torre",
            "CERTAIN Gabo Ondarzaga",
            "CERTAIN Gabriel O. Torre");
    assertThat(found("Gabriel de la")).containsExactly("POSSIBLE Gabriel");
    about("Don Major");
    assertThat(found("don major")).containsExactly("CERTAIN don major");
  }

  @Test
  void namesInOtherScriptsAreFoundAndInflectedOnesArePossible() {
    about("Сергей Воренский");
    about("إلياس الفوريني");
    about("王小明");
    about("Çağrı Øyvindsøn");
    assertThat(found("Сергей Воренский")).containsExactly("CERTAIN Сергей Воренский");
    assertThat(found("о Воренском, Сергея"))
        .containsExactly("POSSIBLE Воренском", "POSSIBLE Сергея");
    assertThat(found("серга, ворен")).isEmpty();
    assertThat(found("والياس الفُوريني")).containsExactly("CERTAIN الياس الفُوريني");
    assertThat(found("اليـــاس الفوريني")).containsExactly("CERTAIN اليـــاس الفوريني");
    assertThat(found("据报道，王小明已获释。")).containsExactly("CERTAIN 王小明");
    assertThat(found("Cagri Oyvindson")).containsExactly("CERTAIN Cagri Oyvindson");
  }

  @Test
  void aReferenceIsFoundHoweverItIsTyped() {
    String reference = about("Ilyas Voren").reference().text();
    for (String typed :
        List.of(
            reference,
            reference.toLowerCase(java.util.Locale.ROOT),
            reference.replace("-", " "),
            reference.replace("-", ""),
            reference.replace("-", "\u2011"))) {
      assertThat(lint.find("See " + typed + ".", Extent.PUBLIC))
          .as(typed)
          .extracting(Leak::kind)
          .containsExactly(Kind.REFERENCE);
    }
    assertThat(found(reference.substring(0, 4) + ", 2222-3333")).isEmpty();
  }

  @Test
  void aNameThatMayBePublicIsOneOnlyWhileTheConsentHolds() {
    CaseFile file = about("Ilyas Voren");
    String text = "Ilyas Voren is free. " + file.reference();
    fixture.consent(file.id(), Optional.empty(), ConsentScope.CORRESPONDENTS_ALERT);
    assertThat(lint.find(text, Extent.PUBLIC)).hasSize(2);
    ConsentId given =
        fixture.consent(file.id(), Optional.of(LocalDate.of(2026, 7, 1)), ConsentScope.PUBLIC_NAME);
    assertThat(lint.find(text, Extent.PUBLIC))
        .extracting(Leak::kind)
        .containsExactly(Kind.REFERENCE);
    assertThat(lint.find(text, Extent.THIN)).hasSize(2);
    fixture.hub.clock.advance(java.time.Duration.ofDays(30));
    assertThat(lint.find(text, Extent.PUBLIC)).hasSize(2);
    fixture.hub.clock.advance(java.time.Duration.ofDays(-30));
    fixture.consents.revoke(file.id(), given, "She rang", fixture.officer.id(), fixture.words);
    assertThat(lint.find(text, Extent.PUBLIC)).hasSize(2);
  }

  @Test
  void aCaseInWhateverStateIsSought() {
    CaseId declined = about("Ilyas Voren").id();
    fixture.move(declined, WorkState.DECLINED, fixture.officer);
    fixture.move(declined, WorkState.SEALED, fixture.officer);
    assertThat(found("Ilyas Voren")).hasSize(1);
  }

  @Test
  void inThinPartsNoCountryOfACaseIsNamed() {
    about("Ilyas Voren");
    String text = "Norvania: the Norvanian XN and Qasmar, xn";
    assertThat(lint.find(text, Extent.PUBLIC)).isEmpty();
    List<Leak> leaks = lint.find(text, Extent.THIN);
    assertThat(shown(text, leaks))
        .containsExactly("CERTAIN Norvania", "POSSIBLE Norvanian", "POSSIBLE XN");
    assertThat(leaks).extracting(Leak::caseId).containsOnly(Optional.empty());
  }

  @Test
  void wordsOfTheCallersOwnAreFoundWhole() {
    String text = "Filed with UNESCO as 104/2026-B, not UNESCOs";
    assertThat(shown(text, LeakLint.findWords(text, List.of("UNESCO", "104/2026-B"))))
        .containsExactly("CERTAIN UNESCO", "CERTAIN 104/2026-B");
  }

  @Test
  void brokenMarkupAndHalfEntitiesAreRead() {
    about("Ilyas Voren");
    for (String odd :
        List.of(
            "",
            "<",
            "<b",
            "&#;",
            "&#xZZ;",
            "&#99999999;",
            "%",
            "%ZZ",
            "%FF%FE",
            "](",
            "-\n",
            "\uD800")) {
      assertThat(found(odd + " Ilyas Voren " + odd)).as(odd).containsExactly("CERTAIN Ilyas Voren");
      assertThat(found(odd)).isEmpty();
    }
  }
}
