package org.tocsin.platform.errors;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Somebody asked for what cannot be done; {@link #code()} is stable and part of the API. */
public abstract sealed class HubException extends RuntimeException {
  private final String code;

  private HubException(String code, String message) {
    super(message);
    this.code = code;
  }

  public final String code() {
    return code;
  }

  /**
   * One wrong field: its name as the form or the API has it, and what is wrong in the reader's
   * words.
   */
  public record Field(String name, String message) {}

  /** The input is wrong; every field is named. */
  public static final class Invalid extends HubException {
    private final List<Field> fields;

    public Invalid(List<Field> fields) {
      this("invalid", fields);
    }

    /** Where clients must tell this mistake from others. */
    public Invalid(String code, List<Field> fields) {
      super(code, fields.stream().map(Field::message).findFirst().orElse("Invalid input"));
      this.fields = List.copyOf(fields);
    }

    public Invalid(String field, String message) {
      this(List.of(new Field(field, message)));
    }

    public List<Field> fields() {
      return fields;
    }
  }

  /** There is no such thing, or not for this person. */
  public static final class NotFound extends HubException {
    public NotFound(String what) {
      super("not_found", "There is no such " + what);
    }
  }

  /** It was there and is gone, or the link's time is over. */
  public static final class Gone extends HubException {
    public Gone(String code, String message) {
      super(code, message);
    }
  }

  /** The state of things forbids it just now. */
  public static final class Conflict extends HubException {
    public Conflict(String code, String message) {
      super(code, message);
    }
  }

  /** Whoever asks has not said who they are, or no longer in a way that counts. */
  public static final class Unauthenticated extends HubException {
    public Unauthenticated(String code, String message) {
      super(code, message);
    }
  }

  /** This person may not. */
  public static final class Forbidden extends HubException {
    public Forbidden(String code, String message) {
      super(code, message);
    }
  }

  /** Too often, for now. */
  public static final class TooMany extends HubException {
    private final Optional<Duration> wait;

    public TooMany(String code, String message) {
      super(code, message);
      this.wait = Optional.empty();
    }

    /** Where it is known when there is room again. */
    public TooMany(String code, String message, Duration wait) {
      super(code, message);
      this.wait = Optional.of(wait);
    }

    public Optional<Duration> retryAfter() {
      return wait;
    }
  }
}
