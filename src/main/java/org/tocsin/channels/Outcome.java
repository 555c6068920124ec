package org.tocsin.channels;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one try. {@code code} is short and holds no address ("250", "550 5.1.1", "HTTP
 * 410", "timeout"); {@code answer} is the other side's own words, which may.
 */
public sealed interface Outcome {
  String code();

  /**
   * Whether the other side may have read anything of the message: bytes of it left, and no reply of
   * the protocol says for certain that they were thrown away. Not accepted is not unread: a server
   * may read all of a request and answer 500. Only the transport knows, try by try; no code tells.
   */
  boolean mayHaveReached();

  /** The relay took it, or the endpoint answered 2xx. */
  record Accepted(String code) implements Outcome {
    @Override
    public boolean mayHaveReached() {
      return true;
    }
  }

  /** Not now. {@code notBefore} is the other side's wish (Retry-After). */
  record Deferred(String code, String answer, Optional<Duration> notBefore, boolean mayHaveReached)
      implements Outcome {
    /** One that reached nobody. */
    public Deferred(String code, String answer, Optional<Duration> notBefore) {
      this(code, answer, notBefore, false);
    }
  }

  /** Never. */
  record Refused(String code, String answer, Reason reason, boolean mayHaveReached)
      implements Outcome {
    /** One that reached nobody. */
    public Refused(String code, String answer, Reason reason) {
      this(code, answer, reason, false);
    }
  }

  /**
   * It was never begun, for there was no way to begin it: no try, and nothing that speaks of the
   * recipient.
   */
  record Unsent(String code, Blocks blocks) implements Outcome {
    @Override
    public boolean mayHaveReached() {
      return false;
    }
  }

  /** What can take nothing just now, and is looked at again in a while. */
  enum Blocks {
    NOTHING,
    DESTINATION,
    CHANNEL
  }

  /** It was handed over and nobody answered: it may have arrived. */
  record InDoubt(String code, String answer) implements Outcome {
    @Override
    public boolean mayHaveReached() {
      return true;
    }
  }

  /** Why a refusal is final. */
  enum Reason {
    /** The address does not exist (RFC 3463 5.1.x). */
    NO_SUCH_ADDRESS,
    /** The sender's standing, not the person (5.7.x): never held against the person. */
    POLICY,
    /** HTTP 410: the endpoint wants no more. */
    GONE,
    /** Our own rules forbid it: a reserved domain, a private network. */
    FORBIDDEN,
    /** The message cannot be made for this recipient. */
    UNSENDABLE,
    OTHER
  }
}
