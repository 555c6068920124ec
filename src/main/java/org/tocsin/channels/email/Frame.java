package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Organisation;
import org.tocsin.platform.language.Messages;

/**
 * What stands around the words of a letter, in the reader's language.
 *
 * @param title shown as the heading, unless the letter begins with its own
 * @param footer lines of pieces, in the order in which they are read
 */
record Frame(
    Words organisation,
    Optional<Words> demonstration,
    Optional<Words> title,
    Optional<Button> button,
    List<List<Piece>> footer) {

  /** {@code hint} introduces the link written out. */
  record Button(Words label, String urlHole, Words hint) {}

  /** Words of the footer, perhaps a link. */
  record Piece(Words words, Optional<Words> url) {
    private static Piece of(String words) {
      return new Piece(Words.ours(words), Optional.empty());
    }

    private static Piece link(String words, Words url) {
      return new Piece(Words.ours(words), Optional.of(url));
    }
  }

  static Frame of(Letter letter, Settings settings, Messages messages) {
    return new Frame(
        Words.theirs(settings.organisation().name()),
        settings.demo()
            ? Optional.of(Words.ours(messages.text("mail.layout.demonstration")))
            : Optional.empty(),
        letter.markdown().text().stripLeading().startsWith("# ")
            ? Optional.empty()
            : Optional.of(letter.subject()),
        letter
            .action()
            .map(
                action ->
                    new Button(
                        Words.theirs(action.label()),
                        action.urlHole(),
                        Words.ours(messages.text("mail.layout.copy_link")))),
        footer(letter, settings.organisation(), messages));
  }

  private static List<List<Piece>> footer(
      Letter letter, Organisation organisation, Messages messages) {
    List<List<Piece>> lines = new ArrayList<>();
    if (letter.list().isPresent()) {
      String list = "{{list_name}}";
      lines.add(List.of(Piece.of(messages.text("mail.layout.why", organisation.name(), list))));
      lines.add(
          List.of(
              Piece.link(
                  messages.text("mail.layout.preferences"), Words.ours("{{preferences_url}}"))));
      lines.add(
          List.of(
              Piece.link(
                  messages.text("mail.layout.leave", list), Words.ours("{{unsubscribe_url}}"))));
    }
    String replies = letter.confidential() ? "mail.layout.no_facts" : "mail.layout.replies";
    lines.add(List.of(Piece.of(messages.text(replies))));
    lines.add(
        List.of(
            Piece.of(
                messages.text(
                    "mail.layout.address", organisation.name(), organisation.postalAddress()))));
    if (!letter.confidential()) {
      lines.add(
          List.of(
              Piece.link(
                  messages.text("mail.layout.website"),
                  Words.theirs(organisation.website().toString())),
              Piece.of(" · "),
              Piece.link(
                  messages.text("mail.layout.privacy"),
                  Words.theirs(organisation.privacyPolicy().toString()))));
    }
    return lines;
  }
}
