package org.tocsin.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Where the network cuts what is said makes no difference to what is heard, at any byte. */
class CutBytesTest {
  private static final MailReception MAIL = new MailReception(true, 0, 5_000);
  private static final WebhookReception UNVERIFIED = new WebhookReception(Optional.empty(), 0);

  @Test
  void ofTwoMailsInARow() {
    String said =
        "EHLO hub.example\r\n"
            + Mails.envelope("amina@home.example")
            + Mails.mail("amina@home.example", "one")
            + ".\r\n"
            + Mails.envelope("bela@home.example")
            + ".\r\n.\r\n"
            + Mails.envelope("c@home.example")
            + Mails.mail("c@home.example", "two").replace("Write", "..\r\nWrite")
            + ".\r\nQUIT\r\n";
    everywhere(said, CutBytesTest::mail);
    assertThat(heard(said, 1, CutBytesTest::mail))
        .contains("bela@home.example\t\t1\t0", "<two@hub.example>\t1\t0", "221 2.0.0", "500 5.5.2");
  }

  @Test
  void ofTwoWebhooksInARow() {
    String said =
        """
        POST /17 HTTP/1.1
        webhook-id: msg_1
        content-length: 4



        POST /18?x HTTP/1.1
        webhook-id: msg_2
        content-length: 0

        GET / HTTP/1.1
        connection: close

        """
            .replace("\n", "\r\n");
    everywhere(said, CutBytesTest::webhooks);
    assertThat(heard(said, 1, CutBytesTest::webhooks))
        .contains("17\tmsg_1\t1\t0", "18\tmsg_2\t1\t0", "405 Method Not Allowed");
  }

  private static Dialogue mail(Logbook logbook) {
    return new SmtpDialogue(MAIL, logbook, new Misbehaviour());
  }

  private static Dialogue webhooks(Logbook logbook) {
    return new HttpDialogue(UNVERIFIED, logbook, new Misbehaviour(), InstantSource.system());
  }

  private static void everywhere(String said, Function<Logbook, Dialogue> dialogues) {
    String whole = heard(said, said.length(), dialogues);
    for (int length = 1; length < said.length(); length++) {
      assertThat(heard(said, length, dialogues)).as("cut every " + length).isEqualTo(whole);
    }
  }

  /** Everything that was answered and written down, where it was said in pieces of a length. */
  private static String heard(String said, int length, Function<Logbook, Dialogue> dialogues) {
    Logbook logbook = new Logbook(true);
    Dialogue dialogue = dialogues.apply(logbook);
    Intake intake = new Intake();
    Replies replies = new Replies();
    for (int from = 0; from < said.length(); from += length) {
      String piece = said.substring(from, Math.min(said.length(), from + length));
      intake.add(Buffer.buffer(piece, "ISO-8859-1"));
      dialogue.read(intake, replies);
    }
    String deliveries = logbook.tally().lines().replaceAll("\t-?\\d+\n", "\n");
    return replies.bytes() + deliveries + logbook.toJson().getJsonObject("apart");
  }
}
