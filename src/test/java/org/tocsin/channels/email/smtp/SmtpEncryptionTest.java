package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.platform.config.Settings.Tls;
import org.tocsin.testing.TestCertificate;

/** The server proves who it is before anything is said to it that others should not read. */
@ExtendWith(VertxExtension.class)
class SmtpEncryptionTest {
  private static Vertx vertx;
  private static final SmtpRelay.Login LOGIN = new SmtpRelay.Login("hub", "secret");

  private static Path right;
  private static Path wrong;

  private final ScriptedServer server = new ScriptedServer();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @BeforeAll
  static void makeCertificates(@TempDir Path folder) throws IOException, InterruptedException {
    right = TestCertificate.make(folder, "localhost");
    wrong = TestCertificate.make(folder, "relay.elsewhere.example");
  }

  @BeforeEach
  void offerEncryption() throws GeneralSecurityException, IOException {
    server.tls = TestCertificate.shown(right);
    server.offers = "PIPELINING STARTTLS";
    server.offersOverTls = "PIPELINING SIZE_1000";
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"REQUIRED", "OPTIONAL"})
  void whatWasSaidBeforeEncryptionIsForgotten(Tls tls) {
    server.offers = "PIPELINING STARTTLS SIZE_1";
    assertThat(send(tls, Optional.empty(), right)).containsOnly(new Accepted("250"));
    assertThat(server.commands)
        .startsWith(
            "EHLO hub.example",
            "STARTTLS",
            "EHLO hub.example",
            "MAIL FROM:<b@hub.example> SIZE=21");
  }

  @ParameterizedTest
  @EnumSource(
      value = Tls.class,
      names = {"REQUIRED", "OPTIONAL"})
  void aCertificateThatIsNotTrustedOrNamesAnotherEndsTheConnection(Tls tls) throws Exception {
    isUnsent(send(tls, Optional.empty(), wrong), "tls certificate");
    server.tls = TestCertificate.shown(wrong);
    isUnsent(send(tls, Optional.empty(), wrong), "tls certificate");
    assertThat(server.commands).containsOnly("EHLO hub.example", "STARTTLS");
  }

  @Test
  void withoutTheRequiredEncryptionNothingIsSent() {
    server.offers = "PIPELINING";
    isUnsent(send(Tls.REQUIRED, Optional.empty(), right), "starttls not offered");
    assertThat(server.commands).containsOnly("EHLO hub.example");
    assertThat(send(Tls.OPTIONAL, Optional.empty(), right)).containsOnly(new Accepted("250"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"454 4.7.0 not now", "501 no"})
  void aServerThatOffersEncryptionAndThenCannotIsNotSpokenToInClear(String reply) {
    server.on("STARTTLS", reply);
    String[] codes = {"starttls 454 4.7.0", "starttls 501"};
    isUnsent(send(Tls.REQUIRED, Optional.empty(), right), codes);
    isUnsent(send(Tls.OPTIONAL, Optional.empty(), right), codes);
    assertThat(server.commands).noneMatch(line -> line.startsWith("MAIL"));
  }

  @ParameterizedTest
  @CsvSource({
    "250-injected|250 AUTH PLAIN, false",
    "250 a whole line, false",
    "250-half a reply, false",
    "2, false",
    "250-injected|250 AUTH PLAIN, true",
    "250 a whole line, true",
    "2, true"
  })
  void wordsBetweenTheAnswerAndTheHandshakeEndTheConnection(String words, boolean later) {
    server.byteByByte = later;
    server.on("STARTTLS", "220 go\r\n" + words.replace("|", "\r\n"));
    isUnsent(send(Tls.REQUIRED, Optional.of(LOGIN), right), "tls early words", "tls handshake");
    assertThat(server.commands).containsOnly("EHLO hub.example", "STARTTLS");
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN_LOGIN, AUTH PLAIN AGh1YgBzZWNyZXQ=, MAIL FROM:<b@hub.example>",
    "LOGIN_XYZ, AUTH LOGIN, c2VjcmV0"
  })
  void theLoginIsSaidOverTls(String mechanisms, String first, String last) {
    server.offersOverTls = "PIPELINING AUTH_" + mechanisms;
    server
        .on("AUTH PLAIN", "235 2.7.0 welcome")
        .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
        .on("aHVi", "334 UGFzc3dvcmQ6")
        .on("c2VjcmV0", "235 2.7.0 welcome");
    assertThat(send(Tls.REQUIRED, Optional.of(LOGIN), right)).containsOnly(new Accepted("250"));
    assertThat(server.commands).containsSubsequence("STARTTLS", first, last, "DATA");
  }

  @Test
  void theLoginIsSaidInClearOnlyWhereEncryptionIsDisabled() {
    server.offers = "PIPELINING AUTH_PLAIN";
    server.on("AUTH PLAIN", "235 2.7.0 welcome");
    isUnsent(send(Tls.OPTIONAL, Optional.of(LOGIN), right), "auth in clear");
    isUnsent(send(Tls.REQUIRED, Optional.of(LOGIN), right), "starttls not offered");
    assertThat(server.commands).noneMatch(line -> line.startsWith("AUTH"));
    assertThat(send(Tls.DISABLED, Optional.of(LOGIN), right)).containsOnly(new Accepted("250"));
    assertThat(server.commands).contains("AUTH PLAIN AGh1YgBzZWNyZXQ=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"535 5.7.8 not AGh1YgBzZWNyZXQ=", "454 4.7.0 later AGh1YgBzZWNyZXQ=", "250 hm"})
  void aRefusedLoginIsTheOperatorsTroubleAndNotRepeatedInTheOutcome(String reply) {
    server.offers = "PIPELINING AUTH_PLAIN";
    server.on("AUTH PLAIN", reply);
    assertThat(send(Tls.DISABLED, Optional.of(LOGIN), right))
        .singleElement()
        .isInstanceOfSatisfying(
            Unsent.class,
            unsent -> {
              assertThat(unsent.toString()).doesNotContain("AGh1YgBzZWNyZXQ=");
              assertThat("auth " + reply).startsWith(unsent.code());
            });
    assertThat(LOGIN.toString()).doesNotContain("secret", "hub");
  }

  @Test
  void withoutAMechanismThatWeKnowNothingIsSent() {
    server.offers = "PIPELINING AUTH_GSSAPI_CRAM-MD5";
    assertThat(send(Tls.DISABLED, Optional.of(LOGIN), right))
        .extracting(Outcome::code)
        .containsExactly("auth no mechanism");
  }

  @Test
  void onlyPort465IsEncryptedAtOnceAndNotWhereEncryptionIsDisabled() {
    assertThat(relay(Tls.REQUIRED, Optional.empty(), 465).encryptsAtOnce()).isTrue();
    assertThat(relay(Tls.OPTIONAL, Optional.empty(), 465).encryptsAtOnce()).isTrue();
    assertThat(relay(Tls.DISABLED, Optional.empty(), 465).encryptsAtOnce()).isFalse();
    assertThat(relay(Tls.REQUIRED, Optional.empty(), 587).encryptsAtOnce()).isFalse();
  }

  private static void isUnsent(List<Outcome> outcomes, String... codes) {
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            Unsent.class,
            unsent -> {
              assertThat(unsent.code()).isIn((Object[]) codes);
              assertThat(unsent.blocks()).isEqualTo(Blocks.CHANNEL);
            });
  }

  private List<Outcome> send(Tls tls, Optional<SmtpRelay.Login> login, Path trusted) {
    NetClientOptions base =
        new NetClientOptions().setTrustOptions(TestCertificate.trusted(trusted));
    try (SmtpLane lane = new SmtpLane(vertx, relay(tls, login, server.port()), base)) {
      return Bulk.sendAll(lane, List.of(Bulk.message("a@x.example")));
    }
  }

  private static SmtpRelay relay(Tls tls, Optional<SmtpRelay.Login> login, int port) {
    return Bulk.of(Bulk.relay(port), tls, login, 1, Bulk.LIMITS);
  }
}
