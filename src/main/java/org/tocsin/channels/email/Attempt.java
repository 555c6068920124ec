package org.tocsin.channels.email;

import io.vertx.ext.mail.MailMessage;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One try to send a message, which knows whether the mail client still looks for a connection.
 *
 * <p>The client asks a message for its words once it has a connection that is greeted, encrypted
 * and signed in, and not before; that moment decides. Before it nothing can have been sent, and an
 * attempt given up then is never sent at all, however late the client finds a connection.
 */
final class Attempt extends MailMessage {
  private enum Phase {
    CONNECTING,
    TALKING,
    GIVEN_UP
  }

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.CONNECTING);

  Attempt(WrittenMail mail) {
    setFixedHeaders(true);
    setBounceAddress(mail.sender().address());
    setTo(mail.to().address());
    setHeaders(mail.headers());
    setText(mail.body());
  }

  @Override
  public String getText() {
    if (!phase.compareAndSet(Phase.CONNECTING, Phase.TALKING)) {
      throw new IllegalStateException("this attempt was given up");
    }
    return super.getText();
  }

  /** Ends the attempt, if it has not begun to talk; true if something may have been sent. */
  boolean mayHaveTalked() {
    phase.compareAndSet(Phase.CONNECTING, Phase.GIVEN_UP);
    return phase.get() == Phase.TALKING;
  }

  boolean isGivenUp() {
    return phase.get() == Phase.GIVEN_UP;
  }

  /** Two attempts are never the same. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "Attempt[" + phase + "]";
  }
}
