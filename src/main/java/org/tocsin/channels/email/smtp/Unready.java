package org.tocsin.channels.email.smtp;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Unsent;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;

/** A connection could not be made ready for messages. */
final class Unready extends Exception {
  private static final long serialVersionUID = 1L;

  /** The lane is closing: nobody's fault, and nothing is asked for it. */
  static final String CLOSING = "closing";

  private final transient @Nullable RelayFault fault;

  private Unready(@Nullable RelayFault fault) {
    super(fault == null ? CLOSING : fault.code(), null, false, false);
    this.fault = fault;
  }

  static Unready because(Stage stage, What what) {
    return new Unready(RelayFault.of(stage, what));
  }

  static Unready answered(Stage stage, SmtpReply reply) {
    return new Unready(RelayFault.answered(stage, reply));
  }

  static Unready closing() {
    return new Unready(null);
  }

  /** What no reply told: by the kind of failure, never by its words. */
  static Unready of(Stage stage, Throwable failure) {
    return switch (failure) {
      case Unready known -> known;
      case SSLException _ -> because(Stage.TLS, what(stage, failure));
      default -> because(stage, what(stage, failure));
    };
  }

  static What what(Stage stage, Throwable failure) {
    return switch (failure) {
      case TimeoutException _ -> What.SILENT;
      case UnknownHostException _ -> What.NO_HOST;
      case SSLException broken -> distrusts(broken) ? What.CERTIFICATE : What.HANDSHAKE;
      default ->
          switch (stage) {
            case CONNECT -> What.UNREACHABLE;
            case TLS -> What.HANDSHAKE;
            default -> What.CLOSED;
          };
    };
  }

  private static boolean distrusts(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  /** Nothing where the lane is closing. */
  @Nullable RelayFault fault() {
    return fault;
  }

  /** What it means for the messages that wait. */
  Unsent outcome() {
    return fault == null
        ? new Unsent(CLOSING, Blocks.NOTHING)
        : new Unsent(fault.code(), Blocks.CHANNEL);
  }

  /** The server is there and has, for now, no place for this connection. */
  boolean isFull() {
    return fault != null
        && fault.stage() == Stage.GREETING
        && fault.what() == What.ANSWER
        && fault.reply().startsWith("4");
  }
}
