package org.tocsin.channels.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;

/** Greets the relay as sending does, with TLS and login, and sends nothing. */
public final class RelayExamination {
  private static final String DEADLINE_MILLIS = "10000";
  private static final int IMPLICIT_TLS = 465;

  private RelayExamination() {}

  /** What stands in the way, by the key that mends it. */
  public static List<String> problems(Smtp smtp) {
    if (smtp.host().isEmpty()) {
      return List.of();
    }
    String host = smtp.host().get();
    Session session = Session.getInstance(properties(smtp));
    try (Transport transport = session.getTransport("smtp")) {
      transport.connect(
          host, smtp.port(), smtp.username().orElse(null), smtp.password().orElse(null));
      return List.of();
    } catch (MessagingException refused) {
      return List.of(
          "smtp.host %s:%d with smtp.tls %s: %s"
              .formatted(
                  host, smtp.port(), smtp.tls().name().toLowerCase(Locale.ROOT), words(refused)));
    }
  }

  private static Properties properties(Smtp smtp) {
    Properties session = new Properties();
    session.setProperty("mail.smtp.connectiontimeout", DEADLINE_MILLIS);
    session.setProperty("mail.smtp.timeout", DEADLINE_MILLIS);
    session.setProperty("mail.smtp.auth", "" + smtp.username().isPresent());
    session.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    boolean implicit = smtp.port() == IMPLICIT_TLS && smtp.tls() != Tls.DISABLED;
    session.setProperty("mail.smtp.ssl.enable", "" + implicit);
    session.setProperty("mail.smtp.starttls.enable", "" + (smtp.tls() != Tls.DISABLED));
    session.setProperty(
        "mail.smtp.starttls.required", "" + (smtp.tls() == Tls.REQUIRED && !implicit));
    return session;
  }

  private static String words(MessagingException refused) {
    return String.valueOf(refused.getMessage()).lines().findFirst().orElse("").strip();
  }
}
