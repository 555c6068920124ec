package org.tocsin.hub;

import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.platform.config.Settings;

/** Where mail goes: the operator's relay, or a demo's captured mailbox. */
record Relay(String host, int port, Optional<CapturedMailbox> mailbox) implements AutoCloseable {
  static Relay of(Settings settings, Storage storage, InstantSource clock) {
    if (settings.smtp().host().isPresent()) {
      return new Relay(settings.smtp().host().get(), settings.smtp().port(), Optional.empty());
    }
    CapturedMailbox mailbox = CapturedMailbox.open(storage.file("mailbox"), clock);
    return new Relay("127.0.0.1", mailbox.port(), Optional.of(mailbox));
  }

  @Override
  public void close() {
    mailbox.ifPresent(CapturedMailbox::close);
  }
}
