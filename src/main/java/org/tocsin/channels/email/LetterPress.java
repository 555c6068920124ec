package org.tocsin.channels.email;

import ch.digitalfondue.mjml4j.Mjml4j;
import ch.digitalfondue.mjml4j.Mjml4j.TextDirection;
import com.ibm.icu.text.Bidi;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.channels.email.LetterPage.Button;
import org.tocsin.channels.email.LetterPage.Marks;
import org.tocsin.channels.email.LetterPage.Piece;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/**
 * Presses letters: one {@link Letter} becomes an HTML part, a text part that says the same, and the
 * headers that its kind of mail needs, all with their holes open.
 *
 * <p>Invariant: what is pressed keeps the house rules and has been printed once, for a reader who
 * was made up; so nothing that is pressed is unsendable to everybody.
 */
public final class LetterPress {
  /** What the engine's audience fills in for each reader of bulk mail; there is nothing else. */
  public static final Set<String> BULK_HOLES =
      Set.of(
          "name",
          "list_id",
          "list_name",
          "preferences_url",
          "unsubscribe_url",
          "unsubscribe_token");

  private final TemplateEngine layouts =
      TemplateEngine.createPrecompiled(null, ContentType.Html, null, "org.tocsin.pages");
  private final Settings settings;
  private final Proof proof;

  public LetterPress(Settings settings) {
    this.settings = settings;
    this.proof = new Proof(settings);
  }

  /** Invalid {@code subject} where that is no line. */
  public MailContent press(Letter letter, Messages messages) {
    String subject = letter.subject().text();
    if (subject.isBlank() || subject.chars().anyMatch(Character::isISOControl)) {
      throw new Invalid("subject", messages.text("mail.layout.subject_one_line"));
    }
    Frame frame = Frame.of(letter, settings, messages);
    MailContent mail =
        new MailContent(
            letter.subject().template(),
            LetterText.of(letter, frame),
            html(letter, frame, messages),
            headers(letter));
    List<String> faults = new ArrayList<>(proof.faults(mail));
    if (letter.list().isPresent() && !BULK_HOLES.containsAll(mail.holes())) {
      faults.add("a hole that no audience fills");
    }
    if (!faults.isEmpty()) {
      throw new IllegalStateException("a pressed letter breaks the house rules: " + faults);
    }
    return mail;
  }

  /** What was pressed is asked once more before it is let go: it may have lain for long. */
  public boolean isSendable(MailContent bulk) {
    return BULK_HOLES.containsAll(bulk.holes()) && proof.faults(bulk).isEmpty();
  }

  private Template html(Letter letter, Frame frame, Messages messages) {
    Marks marks = new Marks();
    LetterPage page = page(letter, frame, messages, marks);
    StringOutput layout = new StringOutput();
    layouts.render("mail/letter.jte", page, layout);
    String laidOut =
        Mjml4j.render(
            layout.toString(),
            new Mjml4j.Configuration(
                messages.tag(),
                page.direction().equals("rtl") ? TextDirection.RTL : TextDirection.LTR));
    return marks.lifted(laidOut.strip().replaceAll("\\s*\n\\s*", "\n").concat("\n"));
  }

  private static LetterPage page(Letter letter, Frame frame, Messages messages, Marks marks) {
    return new LetterPage(
        messages.tag(),
        messages.direction(),
        marks.words(letter.subject()),
        Optional.of(letter.preheader()).filter(words -> !words.isBlank()).map(marks::words),
        marks.words(frame.organisation()),
        frame.demonstration().map(marks::words),
        frame.title().map(marks::words),
        marks.html(body(letter, messages.direction())),
        frame
            .button()
            .map(
                button ->
                    new Button(
                        marks.words(button.label()),
                        marks.template(Template.hole(button.urlHole())),
                        marks.words(button.hint()))),
        frame.footer().stream()
            .map(
                line ->
                    line.stream()
                        .map(
                            piece ->
                                new Piece(
                                    marks.words(piece.words()), piece.url().map(marks::words)))
                        .toList())
            .toList());
  }

  /** What people wrote stays in the direction of its own script, whatever the frame's. */
  private static Template body(Letter letter, String framesDirection) {
    String direction =
        letter.list().isEmpty()
            ? framesDirection
            : switch (Bidi.getBaseDirection(Markdown.text(letter.markdown().text()))) {
              case Bidi.RTL -> "rtl";
              case Bidi.LTR -> "ltr";
              default -> framesDirection;
            };
    String start = LetterPage.start(direction);
    Template set = letter.markdown().set(words -> Typography.set(Markdown.html(words), start));
    return direction.equals(framesDirection)
        ? set
        : Template.join(
            List.of(
                Template.words(
                    "<div dir=\"" + direction + "\" style=\"text-align:" + start + ";\">"),
                set,
                Template.words("</div>")));
  }

  private Map<String, Template> headers(Letter letter) {
    if (letter.confidential()) {
      return ListHeaders.confidential(settings);
    }
    return letter
        .list()
        .map(list -> ListHeaders.of(list, settings))
        .orElse(Map.of("Auto-Submitted", Template.words("auto-generated")));
  }
}
