package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.platform.config.Settings;

/** The probe goes as far as sending would, says where it ends, and sends nothing. */
@ExtendWith(VertxExtension.class)
class RelayProbeTest {
  private static final Map<String, String> LOGIN =
      Map.of("TOCSIN_SMTP_USERNAME", "hub", "TOCSIN_SMTP_PASSWORD", "secret");

  private final ScriptedRelay relay = new ScriptedRelay();
  private Vertx vertx;

  @BeforeEach
  void begin(Vertx given) {
    vertx = given;
  }

  @AfterEach
  void closeRelay() throws IOException {
    relay.close();
  }

  private RelayProbe probe(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(LOGIN);
    all.putAll(more);
    Settings settings = Letters.settings(all);
    return new RelayProbe(vertx, settings, "127.0.0.1", relay.port());
  }

  private Optional<String> code(String tls) {
    return probe(Map.of("TOCSIN_SMTP_TLS", tls)).patiently().map(RelayFault::code);
  }

  @ParameterizedTest
  @CsvSource({
    "required, EHLO, 502 5.5.1 what, ehlo 502 5.5.1",
    "required, greeting, 554 go away, greeting 554",
    "required, greeting, HTTP/1.1 400 Bad Request, greeting garbled",
    "required, greeting, drop, greeting closed",
    "required, EHLO, 250 relay.example, starttls not offered",
    "disabled, EHLO, 250 relay.example, auth no mechanism",
    "optional, EHLO, 250-relay.example|250 AUTH PLAIN, auth in clear",
    "disabled, AUTH, 535 5.7.8 not AGh1YgBzZWNyZXQ=, auth 535 5.7.8",
    "disabled, AUTH, 454 4.7.0 later, auth 454 4.7.0",
    "disabled, MAIL, 550 5.7.1 not from you, mail 550 5.7.1"
  })
  void eachFaultIsToldByWhereItIsAndWhatWasAnswered(
      String tls, String command, String reply, String code) {
    letIn();
    relay.answering(command, reply.replace("|", "\r\n"));
    assertThat(code(tls)).contains(code);
    assertThat(relay.messages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"454 4.7.0 not now, starttls 454 4.7.0", "220 go|rubbish that is no handshake, tls"})
  void encryptionThatFailsIsToldApart(String reply, String code) {
    relay
        .answering("EHLO", "250-relay.example\r\n250 STARTTLS")
        .answering("STARTTLS", reply.replace("|", "\r\n"));
    assertThat(code("required").orElseThrow()).startsWith(code);
  }

  @Test
  void aRelayThatWouldTakeMailIsSentNothing() {
    letIn();
    assertThat(code("disabled")).isEmpty();
    assertThat(relay.commands).anyMatch(line -> line.startsWith("MAIL FROM:<b+probe@"));
    assertThat(relay.commands).noneMatch(line -> line.startsWith("RCPT"));
    assertThat(relay.messages).isEmpty();
  }

  @Test
  void howeverManyAskTheRelayIsAskedOnce() {
    letIn();
    RelayProbe probe = probe(Map.of("TOCSIN_SMTP_TLS", "disabled"));
    for (int i = 0; i < 20; i++) {
      assertThat(probe.fault()).isEmpty();
    }
    assertThat(relay.connections).hasValue(1);
  }

  private void letIn() {
    relay
        .answering("EHLO", "250-relay.example\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH PLAIN")
        .answering("AUTH", "235 2.7.0 welcome");
  }
}
