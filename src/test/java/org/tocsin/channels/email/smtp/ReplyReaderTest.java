package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes become replies, however they are cut; what is not a reply never becomes one. */
class ReplyReaderTest {
  private static final String TALK =
      "220 a\r\n250-b\r\n250-\r\n250 c\r\n354\r\n250\n550-5.1.1 d\r\n550 5.1.1 \u00e9\r\n";
  private static final List<SmtpReply> REPLIES =
      List.of(
          new SmtpReply(220, "220 a"),
          new SmtpReply(250, "250-b\n250-\n250 c"),
          new SmtpReply(354, "354"),
          new SmtpReply(250, "250"),
          new SmtpReply(550, "550-5.1.1 d\n550 5.1.1 \u00e9"));

  @Test
  void whereverTheBytesAreCutTheRepliesAreTheSame() throws ReplyReader.Garbled {
    Buffer talk = Buffer.buffer(TALK);
    for (int first = 0; first <= talk.length(); first++) {
      for (int second = first; second <= talk.length(); second++) {
        ReplyReader reader = new ReplyReader();
        List<SmtpReply> heard = new ArrayList<>();
        reader.read(talk.slice(0, first), heard::add);
        reader.read(talk.slice(first, second), heard::add);
        reader.read(talk.slice(second, talk.length()), heard::add);
        assertThat(heard).isEqualTo(REPLIES);
        assertThat(reader.isBetweenReplies()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "250-a\r\n", "250-a\r\n250 b\r", "250 a"})
  void whatHasNotEndedIsNoReply(String bytes) throws ReplyReader.Garbled {
    ReplyReader reader = new ReplyReader();
    List<SmtpReply> heard = new ArrayList<>();
    reader.read(Buffer.buffer(bytes), heard::add);
    assertThat(heard).isEmpty();
    assertThat(reader.isBetweenReplies()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "25\r\n",
        "2x0 a\r\n",
        "150 a\r\n",
        "650 a\r\n",
        "2500 a\r\n",
        "250_a\r\n",
        "250-a\r\n251 b\r\n",
        "250-a\r\nb\r\n",
        "HTTP/1.1 400 Bad Request\r\n",
        " 250 a\r\n"
      })
  void whatIsNoReplyIsAnError(String bytes) {
    assertThatThrownBy(() -> new ReplyReader().read(Buffer.buffer(bytes), heard -> {}))
        .isInstanceOf(ReplyReader.Garbled.class);
  }

  @Test
  void neitherALineNorAReplyMayGoOnForEver() {
    for (String endless : List.of("250 " + "x".repeat(2_000), "250-x\r\n".repeat(10_000))) {
      assertThatThrownBy(() -> new ReplyReader().read(Buffer.buffer(endless), heard -> {}))
          .isInstanceOf(ReplyReader.Garbled.class);
    }
  }

  @Test
  void nothingUnprintableGetsIntoAnAnswer() throws ReplyReader.Garbled {
    List<SmtpReply> heard = new ArrayList<>();
    new ReplyReader().read(Buffer.buffer("250 a\0b\tc\u001b[2J\r\n"), heard::add);
    assertThat(heard).containsExactly(new SmtpReply(250, "250 a b c [2J"));
  }

  @Test
  void aReplyIsBriefAboutItselfAndSilentInALog() {
    SmtpReply reply = new SmtpReply(550, "550-5.1.1 <a@x.example>\n550 5.1.1 unknown");
    assertThat(reply.brief()).isEqualTo("550 5.1.1");
    assertThat(reply.toString()).doesNotContain("x.example");
    assertThat(new SmtpReply(250, "250 2.x").brief()).isEqualTo("250");
    assertThat(new SmtpReply(550, "550 " + "x".repeat(1_500)).answer()).hasSize(1_000);
  }
}
