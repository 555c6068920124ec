package org.tocsin.channels.email;

import io.vertx.ext.mail.SMTPException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.email.smtp.SmtpJudgement;
import org.tocsin.channels.email.smtp.SmtpReply;
import org.tocsin.channels.email.smtp.SmtpStage;

/**
 * What a failed try means (RFC 5321, 4.2; RFC 3463).
 *
 * <p>It is asked of failures after the client has a connection; those before are the relay's, which
 * {@link RelayProbe} looks at. A reply decides. Without one the message may have arrived: the
 * client does not tell whether it had come to the final dot, so all of the conversation counts as
 * in doubt, but for a connection found closed while the body was written, after which the dot is
 * never sent: that is not taken, but may have been read.
 */
final class SmtpVerdict {
  private static final int LONGEST_ANSWER = 1_000;

  /** What the mail client's failures begin with, by the command that was refused. */
  private static final String AT_RECIPIENT = "recipient address not accepted";

  private static final String AT_SENDER = "sender address not accepted";
  private static final String BROKEN_OFF = "Connection was closed.";
  private static final String TOO_LARGE = "message exceeds allowed size limit";

  private SmtpVerdict() {}

  static Outcome whileTalking(Throwable failure) {
    if (failure instanceof SMTPException reply) {
      return ofReply(reply);
    }
    return switch (words(failure)) {
      case BROKEN_OFF ->
          new Deferred("connection lost", cut(words(failure)), Optional.empty(), true);
      case TOO_LARGE -> new Refused("too large", words(failure), Reason.UNSENDABLE);
      default ->
          new InDoubt(
              failure instanceof TimeoutException ? "timeout" : "no answer", words(failure));
    };
  }

  private static Outcome ofReply(SMTPException failure) {
    SmtpReply reply = reply(failure);
    return reply.text().startsWith(String.valueOf(reply.code()))
        ? SmtpJudgement.of(stage(failure), reply)
        : new InDoubt("no answer", reply.answer());
  }

  /** The client tells MAIL and RCPT from the rest, in which a positive reply is no failure. */
  private static SmtpStage stage(SMTPException failure) {
    if (words(failure).startsWith(AT_SENDER)) {
      return SmtpStage.MAIL;
    }
    return words(failure).startsWith(AT_RECIPIENT) ? SmtpStage.RCPT : SmtpStage.DATA;
  }

  private static SmtpReply reply(SMTPException failure) {
    return new SmtpReply(failure.getReplyCode(), String.join("\n", failure.getReplyMessages()));
  }

  private static String words(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  private static String cut(String words) {
    return words.length() <= LONGEST_ANSWER ? words : words.substring(0, LONGEST_ANSWER);
  }
}
