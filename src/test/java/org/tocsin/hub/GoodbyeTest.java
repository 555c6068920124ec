package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.channels.email.ScriptedRelay;
import org.tocsin.testing.RunningHub;

/** A hub that ends leaves no connection to the relay without a word. */
class GoodbyeTest {
  @Test
  void aHubThatEndsTakesItsLeaveOfTheRelay() throws IOException {
    try (ScriptedRelay relay = new ScriptedRelay()) {
      try (RunningHub hub =
          RunningHub.start(
              Map.of(
                  "TOCSIN_SMTP_HOST",
                  "127.0.0.1",
                  "TOCSIN_SMTP_PORT",
                  "" + relay.port(),
                  "TOCSIN_SMTP_TLS",
                  "disabled"))) {
        hub.door.send(
            hub.door.form(
                "/subscribe", "email", "someone@letters.example", "topics", "newsletter"));
        eventually("a letter is taken", () -> relay.commands.contains("DATA"));
        relay.commands.clear();
      }
      assertThat(relay.commands).contains("QUIT");
    }
  }
}
