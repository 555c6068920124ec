package org.tocsin.channels.email.smtp;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What keeps the relay from taking mail: where in the conversation, and what it answered there or
 * what went wrong. Never the server's words, in which an address or a login could stand.
 *
 * @param reply "535 5.7.8"; empty where it was no reply that stood in the way
 */
public record RelayFault(Stage stage, What what, String reply) {
  /** It let us wait, and nobody knows for what. */
  public static final RelayFault SILENT = of(Stage.CONNECT, What.SILENT);

  private static final Pattern REPLY = Pattern.compile("\\d{3}( \\d\\.\\d{1,3}\\.\\d{1,3})?");

  /** How far the conversation had come. */
  public enum Stage {
    CONNECT,
    GREETING,
    EHLO,
    STARTTLS,
    TLS,
    AUTH,
    MAIL;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What went wrong; the words are those of {@link #code()}. */
  public enum What {
    ANSWER("answer"),
    NO_HOST("no such host"),
    UNREACHABLE("unreachable"),
    SILENT("timeout"),
    CLOSED("closed"),
    GARBLED("garbled"),
    NOT_OFFERED("not offered"),
    EARLY_WORDS("early words"),
    CERTIFICATE("certificate"),
    HANDSHAKE("handshake"),
    NO_MECHANISM("no mechanism"),
    IN_CLEAR("in clear");

    private final String word;

    What(String word) {
      this.word = word;
    }
  }

  /** What the operator should do; a sentence of the desk's messages each. */
  public enum Advice {
    NO_HOST,
    UNREACHABLE,
    SILENT,
    CLOSED,
    NOT_SMTP,
    TURNED_AWAY,
    BUSY,
    NO_EHLO,
    NO_STARTTLS,
    STARTTLS_FAILS,
    CERTIFICATE,
    NOT_TLS,
    NO_MECHANISM,
    IN_CLEAR,
    LOGIN_REFUSED,
    LOGIN_LATER,
    SENDER_REFUSED,
    SENDER_LATER
  }

  static RelayFault of(Stage stage, What what) {
    return new RelayFault(stage, what, "");
  }

  static RelayFault answered(Stage stage, SmtpReply reply) {
    return new RelayFault(stage, What.ANSWER, reply.brief());
  }

  /** "auth 535 5.7.8", "starttls not offered": short, and says all there is to say. */
  public String code() {
    return stage.word() + " " + (what == What.ANSWER ? reply : what.word);
  }

  /** From its {@link #code()}; empty where that says something else. */
  public static Optional<RelayFault> of(String code) {
    int space = code.indexOf(' ');
    String said = code.substring(space + 1);
    return Arrays.stream(Stage.values())
        .filter(stage -> space > 0 && stage.word().equals(code.substring(0, space)))
        .findFirst()
        .flatMap(
            stage ->
                REPLY.matcher(said).matches()
                    ? Optional.of(new RelayFault(stage, What.ANSWER, said))
                    : Arrays.stream(What.values())
                        .filter(what -> what != What.ANSWER && what.word.equals(said))
                        .findFirst()
                        .map(what -> of(stage, what)));
  }

  /** One of few: what went wrong, or the class of the reply. */
  public String kind() {
    return what == What.ANSWER ? reply.charAt(0) + "xx" : what.word;
  }

  public Advice advice() {
    return switch (what) {
      case ANSWER -> toAnswer();
      case NO_HOST -> Advice.NO_HOST;
      case UNREACHABLE -> Advice.UNREACHABLE;
      case SILENT -> stage == Stage.CONNECT ? Advice.UNREACHABLE : Advice.SILENT;
      case CLOSED -> Advice.CLOSED;
      case GARBLED -> Advice.NOT_SMTP;
      case NOT_OFFERED -> Advice.NO_STARTTLS;
      case EARLY_WORDS, HANDSHAKE -> Advice.NOT_TLS;
      case CERTIFICATE -> Advice.CERTIFICATE;
      case NO_MECHANISM -> Advice.NO_MECHANISM;
      case IN_CLEAR -> Advice.IN_CLEAR;
    };
  }

  private Advice toAnswer() {
    boolean later = reply.startsWith("4");
    return switch (stage) {
      case CONNECT, GREETING -> later ? Advice.BUSY : Advice.TURNED_AWAY;
      case EHLO -> later ? Advice.BUSY : Advice.NO_EHLO;
      case STARTTLS, TLS -> Advice.STARTTLS_FAILS;
      case AUTH -> later ? Advice.LOGIN_LATER : Advice.LOGIN_REFUSED;
      case MAIL -> later ? Advice.SENDER_LATER : Advice.SENDER_REFUSED;
    };
  }
}
