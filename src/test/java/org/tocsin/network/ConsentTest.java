package org.tocsin.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channels.webhook.Exchange;
import org.tocsin.network.Consent.Answer;

class ConsentTest {
  private static final Answer GIVEN = new Answer.Given(ConsentKind.CHALLENGE, Optional.empty());

  @ParameterizedTest
  @CsvSource({
    "abc",
    "' abc\n'",
    "'{\"challenge\":\"abc\"}'",
    "'{\"challenge\": \"abc\", \"ok\": true}'",
  })
  void theChallengeGivenBackIsConsent(String body) {
    assertThat(judge(200, body, false)).isEqualTo(GIVEN);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "OK",
    "xabcx",
    "'{\"type\":\"endpoint.test\",\"data\":{\"challenge\":\"abc\"}}'",
    "'{\"challenge\":[\"abc\"]}'",
    "'{\"challenge\":\"abc\"'",
    "<pre>abc</pre>",
  })
  void aMere200IsNone(String body) {
    assertThat(judge(200, body, false)).isEqualTo(new Answer.Missing("no_challenge"));
  }

  @ParameterizedTest
  @CsvSource({"301", "403", "410", "500"})
  void aFailureIsNoneEvenWithTheChallenge(int status) {
    assertThat(judge(status, "abc", true)).isEqualTo(new Answer.Missing("HTTP " + status));
  }

  @ParameterizedTest
  @CsvSource({"''", "OK"})
  void onlyInADemonstrationIsAMere200Consent(String body) {
    assertThat(judge(200, body, true))
        .isEqualTo(new Answer.Given(ConsentKind.DEMONSTRATION, Optional.empty()));
  }

  private static Answer judge(int status, String body, boolean demonstration) {
    return Consent.judge(
        new Exchange.Answered(status, MultiMap.caseInsensitiveMultiMap(), body, demonstration),
        "abc");
  }
}
