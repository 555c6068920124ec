package org.tocsin.platform.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @Test
  void everySpellingOfAMailboxIsOneAddress() {
    String key = EmailAddress.parse("Dalia@bücher.example").orElseThrow().lookupKey();
    assertThat(key).isEqualTo("dalia@xn--bcher-kva.example");
    for (String spelling :
        new String[] {
          "dalia@xn--bcher-kva.example",
          "DALIA@XN--BCHER-KVA.EXAMPLE",
          " dalia@Bücher.Example ",
          "dalia@bu\u0308cher.example",
          "\uFEFFdalia@bücher\u3002example\u00A0"
        }) {
      assertThat(EmailAddress.parse(spelling).orElseThrow().lookupKey())
          .as(spelling)
          .isEqualTo(key);
    }
  }

  @Test
  void theLocalPartIsSentAsItWasTyped() {
    EmailAddress address = EmailAddress.parse("Dalia.K+news@Science-Park.Example").orElseThrow();
    assertThat(address.address()).isEqualTo("Dalia.K+news@science-park.example");
    assertThat(address.readable()).isEqualTo("Dalia.K+news@science-park.example");
    assertThat(EmailAddress.stored(address.address())).isEqualTo(address);
  }

  @Test
  void aReaderSeesTheirOwnScript() {
    assertThat(EmailAddress.parse("a@xn--e1afmkfd.example").orElseThrow().readable())
        .isEqualTo("a@пример.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-at-sign.example",
        "two@@signs.example",
        "spaces in@local.example",
        "@missing-local.example",
        "missing-domain@",
        "dot..dot@institute.example",
        ".dot@institute.example",
        "dot.@institute.example",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@institute.example",
        "trailing.dot@institute.example.",
        "ctrl\u0001char@institute.example",
        "line\nbreak@institute.example",
        "line@institute.example\r\nBcc: all@institute.example",
        "<script>@institute.example",
        "\"quoted\"@institute.example",
        "comment(x)@institute.example",
        "Name <a@institute.example>",
        "a@localhost",
        "a@[192.0.2.1]",
        "a@192.0.2.1",
        "a@-dash.example",
        "a@under_score.example",
        "a@xn--zzzzzzz-.example",
        "a@\u202Eexample.example",
        "a\u0000@institute.example",
        "地址@institute.example"
      })
  void whatNoMailCouldReachIsRefused(String typed) {
    assertThat(EmailAddress.parse(typed)).isEmpty();
    assertThat(EmailAddress.problem(typed)).isEqualTo("site.error.email_invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "\u00A0"})
  void nothingIsMissingRatherThanWrong(String typed) {
    assertThat(EmailAddress.parse(typed)).isEmpty();
    assertThat(EmailAddress.problem(typed)).isEqualTo("site.error.email_missing");
    assertThat(EmailAddress.problem(null)).isEqualTo("site.error.email_missing");
  }

  @Test
  void theLongestAddressIs254Octets() {
    String label = "a".repeat(61);
    String domain = label + "." + label + "." + label + ".example";
    String local = "b".repeat(254 - domain.length() - 1);
    assertThat(EmailAddress.parse(local + "@" + domain)).isPresent();
    assertThat(EmailAddress.parse(local + "b@" + domain)).isEmpty();
  }

  @Test
  void aMaskedAddressIsKnownToItsOwnerOnly() {
    assertThat(EmailAddress.parse("dalia@science-park.example").orElseThrow().masked())
        .isEqualTo("d…@s….example");
  }

  @Test
  void noAddressShowsInALog() {
    assertThat(EmailAddress.parse("dalia@science-park.example").orElseThrow().toString())
        .doesNotContain("dalia", "science");
  }

  @Property
  void theNormalFormIsItsOwnNormalForm(@ForAll("addresses") String typed) {
    EmailAddress once = EmailAddress.parse(typed).orElseThrow();
    EmailAddress twice = EmailAddress.parse(once.address()).orElseThrow();
    assertThat(twice).isEqualTo(once);
    assertThat(EmailAddress.parse(once.lookupKey()).orElseThrow().lookupKey())
        .isEqualTo(once.lookupKey());
    assertThat(EmailAddress.parse(once.readable()).orElseThrow()).isEqualTo(once);
  }

  @Property
  void caseNeverMakesASecondAddress(@ForAll("addresses") String typed) {
    String key = EmailAddress.parse(typed).orElseThrow().lookupKey();
    assertThat(EmailAddress.parse(typed.toUpperCase(Locale.ROOT)).orElseThrow().lookupKey())
        .isEqualTo(key);
  }

  @Property
  void anyTextIsAnswered(@ForAll String typed) {
    EmailAddress.parse(typed)
        .ifPresent(
            address ->
                assertThat(address.address())
                    .hasSizeLessThanOrEqualTo(254)
                    .matches("[\\x21-\\x7e]+@[a-z0-9.-]+"));
  }

  @Provide
  Arbitrary<String> addresses() {
    Arbitrary<String> local =
        Arbitraries.strings()
            .withChars("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+_-'")
            .ofMinLength(1)
            .ofMaxLength(40);
    Arbitrary<String> label =
        Arbitraries.strings()
            .withChars("abcxyz019äöüñçøåłżпримереיλ")
            .ofMinLength(1)
            .ofMaxLength(12)
            .filter(text -> text.codePoints().noneMatch(c -> c == 'י'));
    return Combinators.combine(local, label, label)
        .as((name, host, domain) -> name + "@" + host + "." + domain + ".example");
  }
}
