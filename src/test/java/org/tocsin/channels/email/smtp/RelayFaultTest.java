package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.email.smtp.RelayFault.Advice;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** One code says where and what, and from it the same fault and its advice are read again. */
class RelayFaultTest {
  @Test
  void everyFaultIsReadFromItsOwnCode() {
    for (Stage stage : Stage.values()) {
      for (What what : What.values()) {
        RelayFault fault =
            what == What.ANSWER
                ? new RelayFault(stage, what, "535 5.7.8")
                : RelayFault.of(stage, what);
        assertThat(RelayFault.of(fault.code())).contains(fault);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "451 4.7.1", "busy", "slow", "auth", "auth ", "auth answer", "auth 535 words"})
  void whatIsNoFaultOfTheRelayIsNotReadAsOne(String code) {
    assertThat(RelayFault.of(code)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ehlo 502, NO_EHLO",
    "greeting 554, TURNED_AWAY",
    "greeting 421 4.3.2, BUSY",
    "starttls not offered, NO_STARTTLS",
    "starttls 454 4.7.0, STARTTLS_FAILS",
    "tls early words, NOT_TLS",
    "tls handshake, NOT_TLS",
    "tls certificate, CERTIFICATE",
    "auth no mechanism, NO_MECHANISM",
    "auth 535 5.7.8, LOGIN_REFUSED",
    "mail 550 5.7.1, SENDER_REFUSED"
  })
  void eachFaultHasItsOwnAdvice(String code, Advice advice) {
    assertThat(RelayFault.of(code).orElseThrow().advice()).isEqualTo(advice);
  }

  @Test
  void allAdviceIsInTheMessages() {
    Messages words = Languages.load().in(Languages.DEFAULT);
    assertThat(Advice.values()).allMatch(advice -> words.has("desk.relay.advice." + advice.name()));
  }

  @Test
  void labelsOfMetricsAreFew() {
    Set<String> kinds =
        Arrays.stream(new String[] {"421 4.3.2", "421", "535 5.7.8", "554"})
            .map(reply -> new RelayFault(Stage.AUTH, What.ANSWER, reply).kind())
            .collect(Collectors.toSet());
    assertThat(kinds).containsExactlyInAnyOrder("4xx", "5xx");
  }
}
