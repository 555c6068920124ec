package org.tocsin.channels.email;

import io.vertx.ext.mail.SMTPException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;

/**
 * What a failed try means (RFC 5321, 4.2; RFC 3463).
 *
 * <p>Until the client has a connection every failure is the relay's or ours, and waits. From then
 * on a reply decides. Without a reply the message may have arrived: the client does not tell
 * whether it had come to the final dot, so all of the conversation counts as in doubt, but for a
 * connection found closed while the body was written, after which the dot is never sent.
 */
final class SmtpVerdict {
  private static final int LONGEST_ANSWER = 1_000;
  private static final Pattern ENHANCED =
      Pattern.compile("^\\d{3}[ -](\\d\\.\\d{1,3}\\.\\d{1,3})(?:\\s|$)");
  private static final Set<String> NO_SUCH_ADDRESS =
      Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");
  private static final Set<String> BAD_SENDER = Set.of("5.1.7", "5.1.8");
  private static final Set<String> UNFIT_MESSAGE = Set.of("5.2.3", "5.3.4");

  /** What the mail client's failures begin with, by the command that was refused. */
  private static final String AT_RECIPIENT = "recipient address not accepted";

  private static final String AT_SENDER = "sender address not accepted";
  private static final String BROKEN_OFF = "Connection was closed.";
  private static final String TOO_LARGE = "message exceeds allowed size limit";

  private SmtpVerdict() {}

  static Outcome beforeTalking(Throwable failure) {
    return switch (failure) {
      case SMTPException reply -> new Deferred(code(reply), answer(reply), Optional.empty());
      case TimeoutException late -> waiting("timeout", late);
      case UnknownHostException unknown -> waiting("no such host", unknown);
      case ConnectException refused -> waiting("no connection", refused);
      case SSLException tls -> waiting("tls", tls);
      default -> waiting(words(failure).startsWith("STARTTLS") ? "tls" : "no connection", failure);
    };
  }

  static Outcome whileTalking(Throwable failure) {
    if (failure instanceof SMTPException reply) {
      return ofReply(reply);
    }
    return switch (words(failure)) {
      case BROKEN_OFF -> waiting("connection lost", failure);
      case TOO_LARGE -> new Refused("too large", words(failure), Reason.UNSENDABLE);
      default ->
          new InDoubt(
              failure instanceof TimeoutException ? "timeout" : "no answer", words(failure));
    };
  }

  private static Outcome ofReply(SMTPException reply) {
    if (!reply.getReplyMessage().startsWith(String.valueOf(reply.getReplyCode()))) {
      return new InDoubt("no answer", answer(reply));
    }
    return reply.isPermanent()
        ? new Refused(code(reply), answer(reply), reason(reply))
        : new Deferred(code(reply), answer(reply), Optional.empty());
  }

  private static Reason reason(SMTPException reply) {
    Optional<String> enhanced = enhanced(reply);
    boolean bare = enhanced.isEmpty();
    String status = enhanced.orElse("");
    if (status.startsWith("5.7.") || BAD_SENDER.contains(status) || isAt(reply, AT_SENDER)) {
      return Reason.POLICY;
    }
    boolean noSuchBox =
        bare
            && isAt(reply, AT_RECIPIENT)
            && (reply.getReplyCode() == 550 || reply.getReplyCode() == 553);
    if (noSuchBox || NO_SUCH_ADDRESS.contains(status)) {
      return Reason.NO_SUCH_ADDRESS;
    }
    return status.startsWith("5.6.") || UNFIT_MESSAGE.contains(status)
        ? Reason.UNSENDABLE
        : Reason.OTHER;
  }

  private static boolean isAt(SMTPException reply, String command) {
    return words(reply).startsWith(command);
  }

  private static String code(SMTPException reply) {
    return reply.getReplyCode() + enhanced(reply).map(status -> " " + status).orElse("");
  }

  private static Optional<String> enhanced(SMTPException reply) {
    Matcher matcher = ENHANCED.matcher(reply.getReplyMessage());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String answer(SMTPException reply) {
    return cut(String.join("\n", reply.getReplyMessages()));
  }

  private static Deferred waiting(String code, Throwable failure) {
    return new Deferred(code, cut(words(failure)), Optional.empty());
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String cut(String words) {
    return words.length() <= LONGEST_ANSWER ? words : words.substring(0, LONGEST_ANSWER);
  }
}
