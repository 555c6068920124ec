package org.tocsin.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mail receiver counts, mail by mail. */
class SmtpReceiverTest {
  private final ReceiverFixture receiver =
      new ReceiverFixture(new MailReception(true, 100, 5_000), InstantSource.system());

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void aMailIsReceivedAndAcknowledged() throws IOException {
    try (Wire wire = greeted()) {
      send(wire, "amina@home.example", Mails.mail("amina@home.example", "one"));
      assertThat(wire.line()).startsWith("250 2.0.0");
    }
    JsonObject state = receiver.remote.state();
    assertThat(state.getJsonObject("apart")).as(receiver.remote.flawed()).isEmpty();
    assertThat(state.getLong("received")).isEqualTo(1);
    assertThat(state.getLong("acknowledged")).isEqualTo(1);
    assertThat(state.getLong("recipients_sum")).isEqualTo(Fingerprint.of("amina@home.example"));
    assertThat(receiver.remote.received())
        .startsWith("amina@home.example\t<one@hub.example>\t1\t1\t");
    assertThat(receiver.remote.samples()).contains("Write for her.");
  }

  @Test
  void theSameMailTwiceIsADuplicateAndAnotherIdIsAnother() throws IOException {
    try (Wire wire = greeted()) {
      for (String id : new String[] {"one", "one", "two"}) {
        send(wire, "amina@home.example", Mails.mail("amina@home.example", id));
        wire.line();
      }
    }
    assertThat(receiver.count("received")).isEqualTo(3);
    assertThat(receiver.count("recipients")).isEqualTo(1);
    assertThat(receiver.count("duplicates")).isEqualTo(1);
    assertThat(receiver.count("others")).isEqualTo(1);
    assertThat(
            receiver
                .remote
                .received()
                .lines()
                .map(line -> line.substring(0, line.lastIndexOf('\t'))))
        .containsExactly(
            "amina@home.example\t<one@hub.example>\t2\t2",
            "amina@home.example\t<two@hub.example>\t1\t1");
  }

  @Test
  void nothingDependsOnHowTheBytesAreCut() throws IOException {
    try (Wire wire = greeted()) {
      String next = envelope("bela@home.example");
      wire.writeByteByByte(
          envelope("amina@home.example")
              + Mails.mail("amina@home.example", "one")
              + ".\r\n"
              + next);
      expect(wire, "250", "250", "354", "250", "250", "250", "354");
      wire.write(Mails.mail("bela@home.example", "two") + ".\r\n" + envelope("c@home.example"));
      expect(wire, "250", "250", "250", "354");
    }
    assertThat(receiver.count("received")).isEqualTo(2);
    assertThat(receiver.remote.state().getJsonObject("apart")).isEmpty();
  }

  @Test
  void onlyALineWithNothingButADotEndsAMail() throws IOException {
    String mail =
        Mails.mail("amina@home.example", "one").replace("Write", "..\r\n.. \r\n.x.\r\n\r\nWrite");
    try (Wire wire = greeted()) {
      send(wire, "amina@home.example", mail);
      assertThat(wire.line()).startsWith("250");
      send(wire, "bela@home.example", "");
      assertThat(wire.line()).startsWith("250");
    }
    assertThat(receiver.count("received")).isEqualTo(2);
    assertThat(receiver.count("bytes")).isEqualTo(mail.length());
  }

  @ParameterizedTest
  @CsvSource({
    "'Subject: News', 'X-Subject: News', headers",
    "'Subject: News', 'Subject: News\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000', headers",
    "'To: <amina', 'To: <samina', recipient",
    "'--=_a--', '--=_a', unfinished",
    "'boundary=\"=_a\"', 'charset=utf-8', unfinished",
    "'Write', 'Dear {{name}}, write', hole",
    "'Write', 'W\nrite', lines",
    "'Write', 'W\rrite', lines",
  })
  void eachFlawIsFoundAndNoOther(String right, String wrong, String flaw) throws IOException {
    String mail = Mails.mail("amina@home.example", "one").replace(right, wrong);
    assertThat(flawsOf(mail)).isEqualTo(new JsonObject().put("flaw_" + flaw, 1));
    assertThat(receiver.remote.flawed()).containsIgnoringCase(flaw).contains("From: ");
  }

  @Test
  void aLineThatIsTooLongAndAMailThatIsTooShortAreFound() throws IOException {
    String mail = Mails.mail("amina@home.example", "one");
    assertThat(flawsOf(mail.replace("Write", "W".repeat(990))))
        .isEqualTo(new JsonObject().put("flaw_lines", 1));
    receiver.remote.reset();
    assertThat(flawsOf(mail.replace("Write", "W\r\n".repeat(2_000))))
        .isEqualTo(new JsonObject().put("flaw_length", 1));
  }

  @Test
  void aFoldedHeaderAndANameBeforeTheAddressAreNoFlaw() throws IOException {
    String mail =
        Mails.mail("amina@home.example", "one")
            .replace("To: <", "TO:\r\n Amina <")
            .replace("; boundary=\"=_a\"", ";\r\n\tboundary=\"=_a\"");
    assertThat(flawsOf(mail)).isEmpty();
  }

  @Test
  void aSecondRecipientAndWhatIsOutOfOrderAreRefused() throws IOException {
    try (Wire wire = greeted()) {
      wire.write(
          "DATA\r\nRCPT TO:<a@home.example>\r\nFROB\r\nNOOP\r\nMAIL FROM:<b@hub.example>\r\n");
      expect(wire, "503", "503", "500", "250", "250");
      wire.write(
          "RCPT TO:a@home.example\r\nRCPT TO:<a@home.example>\r\nRCPT TO:<b@home.example>\r\n");
      expect(wire, "501", "250", "452");
      wire.write("RSET\r\nDATA\r\nQUIT\r\n");
      expect(wire, "250", "503", "221");
      assertThat(wire.line()).isEqualTo(Wire.CLOSED);
    }
    eventually("the connection is gone", () -> receiver.count("open") == 0);
    assertThat(receiver.count("received")).isZero();
  }

  @Test
  void aResetBeginsAnew() throws IOException {
    flawsOf("");
    receiver.remote.reset();
    assertThat(receiver.count("received")).isZero();
    assertThat(receiver.remote.received() + receiver.remote.flawed()).isEmpty();
    assertThat(receiver.remote.timeline().getJsonArray("counts")).isEmpty();
  }

  private JsonObject flawsOf(String mail) throws IOException {
    try (Wire wire = greeted()) {
      send(wire, "amina@home.example", mail);
      assertThat(wire.line()).startsWith("250");
    }
    return receiver.remote.state().getJsonObject("apart");
  }

  private Wire greeted() throws IOException {
    return Mails.greeted(receiver.port());
  }

  private static void send(Wire wire, String recipient, String mail) throws IOException {
    wire.write(envelope(recipient));
    expect(wire, "250", "250", "354");
    wire.write(mail + ".\r\n");
  }

  private static String envelope(String recipient) {
    return Mails.envelope(recipient);
  }

  private static void expect(Wire wire, String... codes) throws IOException {
    for (String code : codes) {
      assertThat(wire.line()).startsWith(code);
    }
  }
}
