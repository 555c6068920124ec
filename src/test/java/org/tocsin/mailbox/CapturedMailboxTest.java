package org.tocsin.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.client.SMTPException;
import org.subethamail.smtp.client.SmartClient;
import org.tocsin.testing.SettableClock;

class CapturedMailboxTest {
  private static final Instant MORNING = Instant.parse("2026-06-15T09:00:00Z");
  private static final String LETTER =
      """
      From: =?UTF-8?Q?Comit=C3=A9?= <news@tocsin.example>
      Subject: =?UTF-8?B?0J3QvtCy0L7RgdGC0Lg=?= of
       June
      List-Unsubscribe: <https://hub.example/u/abc>,
       <mailto:u+abc@bounce.example>
      X-Twice: one
      X-Twice: two
      Content-Type: multipart/alternative; boundary=b

      --b
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: quoted-printable

      D=C3=A9tenue =E2=80=93 free
      .dot
      --b
      Content-Type: text/html; charset=utf-8

      <p>free</p>
      --b--
      """;

  private final SettableClock clock = new SettableClock(MORNING);
  private Path folder = Path.of("unset");
  private CapturedMailbox mailbox = CapturedMailbox.open(Path.of("target/unused-mailbox"), clock);

  @BeforeEach
  void open(@TempDir Path fresh) {
    mailbox.close();
    folder = fresh.resolve("mailbox");
    mailbox = CapturedMailbox.open(folder, clock);
  }

  @AfterEach
  void close() {
    mailbox.close();
  }

  @Test
  void aMailIsReadBackAsAPersonWouldReadIt() throws IOException {
    send("b+1@bounce.example", "reader@home.example", LETTER);
    CapturedMail mail = list("reader@home.example").getFirst();
    assertThat(mail.from()).isEqualTo("b+1@bounce.example");
    assertThat(mail.to()).isEqualTo("reader@home.example");
    assertThat(mail.subject()).isEqualTo("Новости of June");
    assertThat(mail.headers())
        .containsEntry("X-Twice", List.of("one", "two"))
        .containsEntry(
            "List-Unsubscribe",
            List.of("<https://hub.example/u/abc>, <mailto:u+abc@bounce.example>"));
    assertThat(mail.text()).startsWith("Détenue – free\r\n.dot");
    assertThat(mail.html().strip()).isEqualTo("<p>free</p>");
    assertThat(mail.receivedAt()).isEqualTo(MORNING);
    assertThat(mailbox.find(mail.id())).contains(mail);
  }

  @Test
  void theSourceIsKeptByteForByte() throws IOException {
    send("b@bounce.example", "reader@home.example", LETTER);
    String id = list("reader@home.example").getFirst().id();
    assertThat(new String(mailbox.raw(id).orElseThrow(), StandardCharsets.UTF_8))
        .isEqualTo(LETTER.replace("\n", "\r\n"));
    assertThat(mailbox.raw("../../etc/passwd")).isEmpty();
    assertThat(mailbox.find("nothing")).isEmpty();
  }

  @Test
  void theNewestComesFirstAndPagesFollowEachOther() throws IOException {
    for (int i = 1; i <= 5; i++) {
      send("b@bounce.example", "reader" + i + "@home.example", "Subject: " + i + "\n\nbody\n");
      clock.advance(Duration.ofSeconds(1));
    }
    List<CapturedMail> first = mailbox.list(Optional.empty(), Optional.empty(), 3);
    assertThat(first).extracting(CapturedMail::subject).containsExactly("5", "4", "3");
    List<CapturedMail> second =
        mailbox.list(Optional.empty(), Optional.of(first.getLast().id()), 3);
    assertThat(second).extracting(CapturedMail::subject).containsExactly("2", "1");
  }

  @Test
  void aWholeAddressFindsOnlyItsOwnMailAndAPartFindsMore() throws IOException {
    send("b@bounce.example", "ann@home.example", "Subject: a\n\nbody\n");
    send("b@bounce.example", "joann@home.example", "Subject: b\n\nbody\n");
    assertThat(list("ANN@home.example")).extracting(CapturedMail::subject).containsExactly("a");
    assertThat(list("ann")).hasSize(2);
    assertThat(list("@home")).hasSize(2);
    assertThat(list("bob")).isEmpty();
  }

  @Test
  void mailsOutliveTheMailboxAndHalfWrittenOnesDoNot() throws IOException {
    send("b@bounce.example", "reader@home.example", LETTER);
    mailbox.close();
    Files.writeString(folder.resolve("001760000000000000-0001.partial"), "half");
    Files.writeString(folder.resolve("notes.mail"), "a\nb\n");
    mailbox = CapturedMailbox.open(folder, clock);
    assertThat(list("reader@home.example")).hasSize(1);
    assertThat(mailbox.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
    assertThat(folder.resolve("001760000000000000-0001.partial")).doesNotExist();
  }

  @Test
  void theOldestMakeRoom() throws IOException {
    MailIndex index = new MailIndex(folder, 3);
    for (int i = 0; i < 10; i++) {
      index.add(MailIndex.id(MORNING.plusSeconds(i), i), "b@x.example", "r@x.example", new byte[0]);
    }
    assertThat(index.list(Optional.empty(), Optional.empty(), 100))
        .extracting(MailIndex.Entry::receivedAt)
        .containsExactly(MORNING.plusSeconds(9), MORNING.plusSeconds(8), MORNING.plusSeconds(7));
    assertThat(folder).isDirectoryContaining("glob:**.mail");
    try (var files = Files.list(folder)) {
      assertThat(files.count()).isEqualTo(3);
    }
  }

  @Test
  void aMonsterIsRefusedAndStrangeMailsBreakNoList() throws IOException {
    String monster = "Subject: m\n\n" + ("x".repeat(900) + "\n").repeat(6_000);
    assertThatThrownBy(() -> send("b@bounce.example", "reader@home.example", monster))
        .isInstanceOf(SMTPException.class);
    send("b@bounce.example", "reader@home.example", "no header at all\n");
    send("b@bounce.example", "reader@home.example", "X: " + "y".repeat(40_000) + "\n\nbody\n");
    send(
        "b@bounce.example",
        "reader@home.example",
        "Content-Type: text/plain; charset=klingon\n\nbody\n");
    send("b@bounce.example", "reader@home.example", "Content-Type: multipart/x\n\nno parts\n");
    assertThat(list("reader@home.example")).hasSize(4);
  }

  @Test
  @ExtendWith(VertxExtension.class)
  void aThousandMailsAreTakenAtOnce(Vertx vertx) {
    MailClient client =
        MailClient.create(vertx, new MailConfig("127.0.0.1", mailbox.port()).setMaxPoolSize(8));
    List<Future<MailResult>> sent =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    client.sendMail(
                        new MailMessage(
                            "b@x.example", "reader" + i + "@home.example", "Subject", "text")))
            .toList();
    Future.all(sent).await();
    assertThat(mailbox.list(Optional.empty(), Optional.empty(), 2_000)).hasSize(1_000);
  }

  private List<CapturedMail> list(String to) {
    return mailbox.list(Optional.of(to), Optional.empty(), 50);
  }

  private void send(String from, String to, String message) throws IOException {
    SmartClient client = SmartClient.createAndConnect("127.0.0.1", mailbox.port(), "test");
    try {
      send(client, from, to, message);
    } finally {
      client.quit();
    }
  }

  private static void send(SmartClient client, String from, String to, String message)
      throws IOException {
    client.from(from);
    client.to(to);
    client.dataStart();
    byte[] bytes = message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    client.dataWrite(bytes, bytes.length);
    client.dataEnd();
  }
}
