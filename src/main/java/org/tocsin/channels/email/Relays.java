package org.tocsin.channels.email;

import java.util.Optional;
import org.tocsin.channels.email.smtp.SmtpLimits;
import org.tocsin.channels.email.smtp.SmtpRelay;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;

/** The relay of the settings, or a captured mailbox, which is spoken to without TLS and login. */
final class Relays {
  private static final int MESSAGES_PER_CONNECTION = 500;

  private Relays() {}

  static SmtpRelay of(Settings settings, String host, int port, SmtpLimits limits) {
    Smtp smtp = settings.smtp();
    boolean captured = smtp.host().isEmpty();
    return new SmtpRelay(
        host,
        port,
        captured ? Tls.DISABLED : smtp.tls(),
        captured
            ? Optional.empty()
            : smtp.username().map(name -> new SmtpRelay.Login(name, smtp.password().orElse(""))),
        settings.mail().bounceDomain(),
        smtp.connections(),
        MESSAGES_PER_CONNECTION,
        limits);
  }
}
