package org.tocsin.channels.email;

import java.util.Optional;

/**
 * What is to be said, before it is set: the words in Markdown, with holes.
 *
 * @param preheader the line that mail programs show beside the subject; may be empty
 * @param action the one thing to do, shown as a button
 * @param list the mailing list it belongs to; none for a letter to one person (confirmations,
 *     sign-in links), which carries no unsubscribe header
 * @param confidential to members behind the wall: no link but to the hub itself, and headers that
 *     are the same for every such letter
 */
public record Letter(
    String subject,
    String preheader,
    String markdown,
    Optional<Action> action,
    Optional<MailingList> list,
    boolean confidential) {

  public Letter(
      String subject,
      String preheader,
      String markdown,
      Optional<Action> action,
      Optional<MailingList> list) {
    this(subject, preheader, markdown, action, list, false);
  }

  /** What the portal's readers get; it says as little as can be said. */
  public static Letter confidential(
      String subject, String preheader, String markdown, Action action) {
    return new Letter(subject, preheader, markdown, Optional.of(action), Optional.empty(), true);
  }

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
