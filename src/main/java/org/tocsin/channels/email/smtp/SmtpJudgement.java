package org.tocsin.channels.email.smtp;

import java.util.Optional;
import java.util.Set;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Accepted;
import org.tocsin.channels.Outcome.Blocks;
import org.tocsin.channels.Outcome.Deferred;
import org.tocsin.channels.Outcome.InDoubt;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.Outcome.Unsent;

/**
 * What a reply means for the message (RFC 5321, 4.2; RFC 3463), and whose it is: what is said to
 * MAIL is about us and the relay, what is said later about the address or its domain.
 */
public final class SmtpJudgement {
  private static final Set<String> NO_SUCH_ADDRESS =
      Set.of("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10");
  private static final Set<String> BAD_SENDER = Set.of("5.1.7", "5.1.8");
  private static final Set<String> UNFIT_MESSAGE = Set.of("5.2.3", "5.3.4");

  private SmtpJudgement() {}

  public static Outcome of(SmtpStage stage, SmtpReply reply) {
    if (stage == SmtpStage.DOT && reply.isPositive()) {
      return new Accepted(String.valueOf(reply.code()));
    }
    return switch (reply.code() / 100) {
      case 4 -> asksForPatience(stage, reply) ? unsent(reply) : deferred(reply);
      case 5 -> new Refused(reply.brief(), reply.answer(), reason(stage, reply));
      default ->
          stage == SmtpStage.DOT
              ? new InDoubt("no answer", reply.answer())
              : new Deferred("protocol", reply.answer(), Optional.empty());
    };
  }

  /** A refusal for now, whatever its code: the message may go another time. */
  public static Deferred deferred(SmtpReply reply) {
    return new Deferred(reply.brief(), reply.answer(), Optional.empty());
  }

  /** Before anybody is named there is nobody but us whom the relay can mean. */
  private static boolean asksForPatience(SmtpStage stage, SmtpReply reply) {
    return stage == SmtpStage.MAIL
        && (reply.code() == 421 || reply.status().orElse("").startsWith("4.7."));
  }

  private static Unsent unsent(SmtpReply reply) {
    return new Unsent(RelayFault.answered(RelayFault.Stage.MAIL, reply).code(), Blocks.CHANNEL);
  }

  /** What is said to MAIL is about the sender; a bare 550 to RCPT is about the person. */
  private static Reason reason(SmtpStage stage, SmtpReply reply) {
    Optional<String> enhanced = reply.status();
    String status = enhanced.orElse("");
    if (status.startsWith("5.7.") || BAD_SENDER.contains(status) || stage == SmtpStage.MAIL) {
      return Reason.POLICY;
    }
    boolean noSuchBox =
        enhanced.isEmpty()
            && stage == SmtpStage.RCPT
            && (reply.code() == 550 || reply.code() == 553);
    if (noSuchBox || NO_SUCH_ADDRESS.contains(status)) {
      return Reason.NO_SUCH_ADDRESS;
    }
    return status.startsWith("5.6.") || UNFIT_MESSAGE.contains(status)
        ? Reason.UNSENDABLE
        : Reason.OTHER;
  }
}
