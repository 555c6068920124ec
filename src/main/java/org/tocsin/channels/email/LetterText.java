package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;

/** Sets a letter's text part, in lines of at most {@link PlainText#WIDTH} columns. */
final class LetterText {
  private LetterText() {}

  static Template of(Letter letter, Frame frame) {
    List<Template> blocks = new ArrayList<>();
    blocks.add(frame.organisation().template());
    frame.demonstration().ifPresent(note -> blocks.add(note.set(LetterText::wrapped)));
    frame.title().ifPresent(title -> blocks.add(title.set(LetterText::heading)));
    blocks.add(letter.markdown().set(Markdown::text));
    frame
        .button()
        .ifPresent(
            button ->
                blocks.add(
                    Template.join(
                        List.of(
                            button.label().template(),
                            Template.words(":\n"),
                            Template.hole(button.urlHole())))));
    blocks.add(
        joined(
            "\n",
            List.of(
                Template.words("-- "),
                joined("\n", frame.footer().stream().map(LetterText::line).toList()))));
    return Template.join(List.of(joined("\n\n", blocks), Template.words("\n")));
  }

  /** Each link stands on a line of its own. */
  private static Template line(List<Frame.Piece> pieces) {
    List<Template> lines = new ArrayList<>();
    for (Frame.Piece piece : pieces) {
      if (piece.url().isPresent()) {
        Words url = piece.url().get();
        // Both are ours or the operator's; they are broken into lines together.
        Words both = new Words(piece.words().text() + ": " + url.text(), piece.words().ours());
        lines.add(both.set(LetterText::wrapped));
      } else if (pieces.size() == 1) {
        lines.add(piece.words().set(LetterText::wrapped));
      }
    }
    return joined("\n", lines);
  }

  private static Template joined(String between, List<Template> blocks) {
    List<Template> all = new ArrayList<>();
    for (Template block : blocks) {
      if (!all.isEmpty()) {
        all.add(Template.words(between));
      }
      all.add(block);
    }
    return Template.join(all);
  }

  private static String wrapped(String words) {
    return String.join("\n", Lines.of(words, PlainText.WIDTH));
  }

  private static String heading(String words) {
    return String.join("\n", PlainText.underlined(words, PlainText.WIDTH, '='));
  }
}
