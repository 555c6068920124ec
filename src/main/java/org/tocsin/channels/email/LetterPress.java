package org.tocsin.channels.email;

import ch.digitalfondue.mjml4j.Mjml4j;
import ch.digitalfondue.mjml4j.Mjml4j.TextDirection;
import com.ibm.icu.text.Bidi;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.channels.email.LetterPage.Button;
import org.tocsin.channels.email.LetterPage.Piece;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.Settings.Organisation;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.language.Messages;

/**
 * Presses letters: one {@link Letter} becomes an HTML part, a text part that says the same, and the
 * headers that its kind of mail needs, all with their holes open.
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

  public LetterPress(Settings settings) {
    this.settings = settings;
  }

  public MailContent press(Letter letter, Messages messages) {
    check(letter, messages);
    LetterPage page = page(letter, messages);
    MailContent mail =
        new MailContent(
            letter.subject(), text(letter, page), html(letter, page, messages), headers(letter));
    List<String> faults = MailLint.faults(mail);
    if (!faults.isEmpty()) {
      throw new IllegalStateException("a pressed letter breaks the house rules: " + faults);
    }
    return mail;
  }

  private static void check(Letter letter, Messages messages) {
    if (letter.subject().isBlank() || letter.subject().chars().anyMatch(Character::isISOControl)) {
      throw new HubException.Invalid("subject", messages.text("mail.layout.subject_one_line"));
    }
    if (letter.list().isPresent()) {
      Set<String> unknown = new LinkedHashSet<>(Holes.in(letter.subject()));
      unknown.addAll(Holes.in(letter.preheader()));
      unknown.addAll(Holes.in(letter.markdown()));
      unknown.removeAll(BULK_HOLES);
      if (!unknown.isEmpty()) {
        throw new HubException.Invalid(
            "body_markdown",
            messages.text("mail.layout.unknown_hole", "{{" + unknown.iterator().next() + "}}"));
      }
    }
  }

  private LetterPage page(Letter letter, Messages messages) {
    return new LetterPage(
        messages.tag(),
        messages.direction(),
        settings.organisation().name(),
        letter.preheader(),
        settings.demo()
            ? Optional.of(messages.text("mail.layout.demonstration"))
            : Optional.empty(),
        letter.markdown().stripLeading().startsWith("# ")
            ? Optional.empty()
            : Optional.of(letter.subject()),
        letter
            .action()
            .map(
                action ->
                    new Button(
                        action.label(),
                        hole(action.urlHole()),
                        messages.text("mail.layout.copy_link"))),
        footer(letter, messages));
  }

  private List<List<Piece>> footer(Letter letter, Messages messages) {
    Organisation organisation = settings.organisation();
    List<List<Piece>> lines = new ArrayList<>();
    if (letter.list().isPresent()) {
      lines.add(
          List.of(
              Piece.of(messages.text("mail.layout.why", organisation.name(), hole("list_name")))));
      lines.add(
          List.of(Piece.link(messages.text("mail.layout.preferences"), hole("preferences_url"))));
      lines.add(
          List.of(
              Piece.link(
                  messages.text("mail.layout.leave", hole("list_name")), hole("unsubscribe_url"))));
    }
    String replies = letter.confidential() ? "mail.layout.no_facts" : "mail.layout.replies";
    lines.add(List.of(Piece.of(messages.text(replies))));
    lines.add(
        List.of(
            Piece.of(
                messages.text(
                    "mail.layout.address", organisation.name(), organisation.postalAddress()))));
    if (letter.confidential()) {
      return lines;
    }
    lines.add(
        List.of(
            Piece.link(messages.text("mail.layout.website"), organisation.website().toString()),
            Piece.of(" · "),
            Piece.link(
                messages.text("mail.layout.privacy"), organisation.privacyPolicy().toString())));
    return lines;
  }

  private String html(Letter letter, LetterPage page, Messages messages) {
    StringOutput layout = new StringOutput();
    layouts.render("mail/letter.jte", page, layout);
    String laidOut =
        Mjml4j.render(
            layout.toString(),
            new Mjml4j.Configuration(
                messages.tag(),
                page.direction().equals("rtl") ? TextDirection.RTL : TextDirection.LTR));
    return laidOut
        .strip()
        .replaceAll("\\s*\n\\s*", "\n")
        .concat("\n")
        .replace(LetterPage.BODY, body(letter, page))
        .replace(LetterPage.SUBJECT, Holes.escape(letter.subject()));
  }

  /** What people wrote stays in the direction of its own script, whatever the frame's. */
  private static String body(Letter letter, LetterPage page) {
    String direction =
        letter.list().isEmpty()
            ? page.direction()
            : switch (Bidi.getBaseDirection(Markdown.text(letter.markdown()))) {
              case Bidi.RTL -> "rtl";
              case Bidi.LTR -> "ltr";
              default -> page.direction();
            };
    String start = LetterPage.start(direction);
    String set = Typography.set(Markdown.html(letter.markdown()), start);
    return direction.equals(page.direction())
        ? set
        : "<div dir=\"" + direction + "\" style=\"text-align:" + start + ";\">" + set + "</div>";
  }

  private String text(Letter letter, LetterPage page) {
    List<String> blocks = new ArrayList<>();
    blocks.add(page.organisation());
    page.demonstration().ifPresent(note -> blocks.add(wrapped(note)));
    page.title().ifPresent(title -> blocks.add(title(title)));
    blocks.add(Markdown.text(letter.markdown()));
    page.button().ifPresent(button -> blocks.add(button.label() + ":\n" + button.url()));
    blocks.add("-- \n" + String.join("\n", page.footer().stream().map(LetterPress::line).toList()));
    return String.join("\n\n", blocks) + "\n";
  }

  /** Each link stands on a line of its own. */
  private static String line(List<Piece> pieces) {
    List<String> lines = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.url().isPresent()) {
        lines.add(wrapped(piece.words() + ": " + piece.url().get()));
      } else if (pieces.size() == 1) {
        lines.add(wrapped(piece.words()));
      }
    }
    return String.join("\n", lines);
  }

  private static String wrapped(String words) {
    return String.join("\n", Lines.of(words, PlainText.WIDTH));
  }

  private static String title(String words) {
    return String.join("\n", PlainText.underlined(words, PlainText.WIDTH, '='));
  }

  private Map<String, String> headers(Letter letter) {
    if (letter.confidential()) {
      return ListHeaders.confidential(settings);
    }
    return letter
        .list()
        .map(list -> ListHeaders.of(list, settings))
        .orElse(Map.of("Auto-Submitted", "auto-generated"));
  }

  private static String hole(String name) {
    return "{{" + name + "}}";
  }
}
