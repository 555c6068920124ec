package org.tocsin.bench.receiver;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's side of SMTP (RFC 5321) with PIPELINING (RFC 2920): what came at once is answered at
 * once. Invariant: a mail is received when its final dot was read, never before.
 */
final class SmtpDialogue implements Dialogue {
  private static final byte[] NOBODY = {};
  private static final String EMPTY = ".\r\n";

  private final Logbook logbook;
  private final Misbehaviour misbehaviour;
  private final MailCheck check;
  private boolean hasSender;
  private byte @Nullable [] recipient;
  private boolean inData;
  private int searched;
  private int messages;

  SmtpDialogue(MailReception wanted, Logbook logbook, Misbehaviour misbehaviour) {
    this.logbook = logbook;
    this.misbehaviour = misbehaviour;
    this.check = new MailCheck(wanted);
  }

  @Override
  public void open(Replies replies) {
    if (!misbehaves(Stage.CONNECT, replies)) {
      replies.add(SmtpReply.GREETING);
    } else if (!replies.ended()) {
      replies.end(Replies.Then.CLOSE);
    }
  }

  @Override
  public void read(Intake intake, Replies replies) {
    boolean more = true;
    while (more && !replies.ended()) {
      more = inData ? content(intake, replies) : command(intake, replies);
    }
  }

  private boolean command(Intake intake, Replies replies) {
    byte[] bytes = intake.bytes();
    int from = intake.from();
    int feed = Scan.indexOf(bytes, from, intake.to(), (byte) '\n');
    if (feed < 0) {
      return false;
    }
    intake.take(feed + 1);
    switch (SmtpVerb.of(bytes, from, feed)) {
      case MAIL -> mail(replies);
      case RCPT -> rcpt(bytes, from, feed, replies);
      case DATA -> data(replies);
      case EHLO, HELO -> greeted(replies);
      case RSET -> {
        forget();
        replies.add(SmtpReply.OK);
      }
      case NOOP -> replies.add(SmtpReply.OK);
      case QUIT -> {
        replies.add(SmtpReply.BYE);
        replies.end(Replies.Then.CLOSE);
      }
      case UNKNOWN -> replies.add(SmtpReply.UNKNOWN);
    }
    return true;
  }

  private void greeted(Replies replies) {
    forget();
    replies.add(SmtpReply.EXTENSIONS);
  }

  private void forget() {
    hasSender = false;
    recipient = null;
  }

  private void mail(Replies replies) {
    if (hasSender) {
      replies.add(SmtpReply.OUT_OF_ORDER);
    } else if (!misbehaves(Stage.MAIL, replies)) {
      hasSender = true;
      replies.add(SmtpReply.SENDER_OK);
    }
  }

  private void rcpt(byte[] bytes, int from, int to, Replies replies) {
    int first = Scan.indexOf(bytes, from, to, (byte) '<') + 1;
    int last = Scan.indexOf(bytes, from, to, (byte) '>');
    if (!hasSender) {
      replies.add(SmtpReply.OUT_OF_ORDER);
    } else if (recipient != null) {
      replies.add(SmtpReply.ONE_ONLY);
    } else if (first == 0 || last <= first) {
      replies.add(SmtpReply.NO_ADDRESS);
    } else {
      recipient = Arrays.copyOfRange(bytes, first, last);
      if (misbehaves(Stage.RCPT, replies)) {
        recipient = null;
      } else {
        replies.add(SmtpReply.RECIPIENT_OK);
      }
    }
  }

  private void data(Replies replies) {
    if (recipient == null) {
      replies.add(SmtpReply.OUT_OF_ORDER);
      forget();
    } else if (misbehaves(Stage.DATA, replies)) {
      forget();
    } else {
      inData = true;
      searched = 0;
      replies.add(SmtpReply.GO_AHEAD);
    }
  }

  /** Searches on from where the last search ended, five bytes back: the end may be cut in two. */
  private boolean content(Intake intake, Replies replies) {
    int from = intake.from();
    int end = endOfContent(intake.bytes(), from, intake.to());
    if (end < 0) {
      searched = Math.max(0, intake.length() - 5);
      return false;
    }
    intake.take(end);
    inData = false;
    whole(intake.bytes(), from, end - 3, replies);
    forget();
    return true;
  }

  private int endOfContent(byte[] bytes, int from, int to) {
    boolean empty = to - from >= 3 && Scan.startsWith(bytes, from, to, EMPTY);
    return empty ? from + 3 : Scan.endOfMessage(bytes, from + searched, to);
  }

  private void whole(byte[] bytes, int from, int to, Replies replies) {
    Optional<Rule> rule = rule(Stage.DOT);
    if (rule.isEmpty()) {
      replies.add(SmtpReply.OK, receive(bytes, from, to));
      messages++;
      return;
    }
    if (rule.get().deed().recorded()) {
      receive(bytes, from, to);
    }
    replies.instead(rule.get().deed(), SmtpReply::of, logbook.tally());
  }

  private Tally.Receipt receive(byte[] bytes, int from, int to) {
    check.look(bytes, from, to, whom());
    if (check.flaws().isEmpty()) {
      logbook.samples().offer(bytes, from, to);
    } else {
      logbook.samples().offerFlawed(check.flaws().toString(), bytes, from, to);
      for (Flaw flaw : check.flaws()) {
        logbook.tally().countApart("flaw_" + flaw.name().toLowerCase(Locale.ROOT));
      }
    }
    return logbook.tally().receive(whom(), check.messageId(), to - from);
  }

  private boolean misbehaves(Stage stage, Replies replies) {
    Optional<Rule> rule = rule(stage);
    rule.ifPresent(one -> replies.instead(one.deed(), SmtpReply::of, logbook.tally()));
    return rule.isPresent();
  }

  private Optional<Rule> rule(Stage stage) {
    return misbehaviour.at(stage, whom(), messages);
  }

  private byte[] whom() {
    return recipient == null ? NOBODY : recipient;
  }
}
