package org.tocsin.bench.receiver;

/** What a receiver does instead of what it should. */
sealed interface Deed {
  /** Whether the message counts as received all the same; its sender cannot know. */
  boolean recorded();

  /**
   * Refuses.
   *
   * @param line the code, and for SMTP perhaps words after it; 421 also ends the connection
   */
  record Answer(String line) implements Deed {
    @Override
    public boolean recorded() {
      return false;
    }

    int code() {
      return Integer.parseInt(line.substring(0, 3));
    }
  }

  /** Cuts the connection. */
  record Drop(boolean recorded) implements Deed {}

  /** Says nothing any more, and leaves the connection open. */
  record Hang(boolean recorded) implements Deed {}

  /**
   * @throws IllegalArgumentException with words for whoever wrote it
   */
  static Deed of(String text) {
    return switch (text) {
      case "drop" -> new Drop(false);
      case "drop_recorded" -> new Drop(true);
      case "hang" -> new Hang(false);
      case "hang_recorded" -> new Hang(true);
      default -> {
        if (!text.matches("[1-5][0-9][0-9]( [ -~]*)?")) {
          throw new IllegalArgumentException(
              "do is an answer like 451, or drop, drop_recorded, hang, hang_recorded");
        }
        yield new Answer(text);
      }
    };
  }
}
