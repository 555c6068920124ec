package org.tocsin.channels.email;

import java.util.Optional;

/**
 * What is to be said, before it is set.
 *
 * @param preheader the line that mail programs show beside the subject; may be empty
 * @param markdown the words in Markdown
 * @param action the one thing to do, shown as a button
 * @param list the mailing list it belongs to; none for a letter to one person (confirmations,
 *     sign-in links), which carries no unsubscribe header
 * @param confidential to members behind the wall: no link but to the hub itself, and headers that
 *     are the same for every such letter
 */
public record Letter(
    Words subject,
    Words preheader,
    Words markdown,
    Optional<Action> action,
    Optional<MailingList> list,
    boolean confidential) {

  public Letter(
      Words subject,
      Words preheader,
      Words markdown,
      Optional<Action> action,
      Optional<MailingList> list) {
    this(subject, preheader, markdown, action, list, false);
  }

  /** To one person, in the hub's own words. */
  public static Letter ours(String subject, String preheader, String markdown, Action action) {
    return new Letter(
        Words.ours(subject),
        Words.ours(preheader),
        Words.ours(markdown),
        Optional.of(action),
        Optional.empty());
  }

  /** What the portal's readers get, in the hub's own words; it says as little as can be said. */
  public static Letter confidential(
      String subject, String preheader, String markdown, Action action) {
    return new Letter(
        Words.ours(subject),
        Words.ours(preheader),
        Words.ours(markdown),
        Optional.of(action),
        Optional.empty(),
        true);
  }

  /** To a mailing list, in the words of whoever wrote it: nothing in them is a hole. */
  public static Letter written(
      String subject, String preheader, String markdown, MailingList list) {
    return new Letter(
        Words.theirs(subject),
        Words.theirs(preheader),
        Words.theirs(markdown),
        Optional.empty(),
        Optional.of(list));
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
