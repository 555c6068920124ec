package org.tocsin.channels.email;

import java.util.Optional;

/**
 * What is to be said, before it is set: the words in Markdown, with holes.
 *
 * @param preheader the line that mail programs show beside the subject; may be empty
 * @param action the one thing to do, shown as a button
 * @param list the mailing list it belongs to; none for a letter to one person (confirmations,
 *     sign-in links), which carries no unsubscribe header
 */
public record Letter(
    String subject,
    String preheader,
    String markdown,
    Optional<Action> action,
    Optional<MailingList> list) {

  /** A button: its label and the hole that holds its URL. */
  public record Action(String label, String urlHole) {}

  /**
   * RFC 2919 and RFC 2369.
   *
   * @param id e.g. {@code newsletter}; becomes {@code newsletter.lists.example.org}
   * @param archivedAt path of this very letter in the public archive, for Archived-At (RFC 5064)
   */
  public record MailingList(String id, String name, Optional<String> archivedAt) {}
}
