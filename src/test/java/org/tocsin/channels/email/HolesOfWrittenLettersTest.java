package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.email.dkim.DkimSigner;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** Whatever an author writes, readers' own values stand where the hub put them and nowhere else. */
class HolesOfWrittenLettersTest {
  private static final Messages ENGLISH = Languages.load().in("en");
  private static final LetterPress PRESS = new LetterPress(Letters.settings(Map.of()));
  private static final MailAddress TO = new MailAddress("reader", "home.example");

  private static final MailContent PLAIN = pressed("Plain", "Plain", "Plain words.");

  private static MailContent pressed(String subject, String preheader, String markdown) {
    return PRESS.press(
        Letter.written(subject, preheader, markdown, Letters.newsletter().list().orElseThrow()),
        ENGLISH);
  }

  private static Map<String, String> reader(String mark) {
    Map<String, String> reader = new HashMap<>();
    LetterPress.BULK_HOLES.forEach(hole -> reader.put(hole, mark + hole.length()));
    return reader;
  }

  /** As it goes over the wire, and as it is read back from the database. */
  private static String printed(MailContent mail, String mark) {
    Buffer data =
        new MailForm(
                MailSender.of(Letters.settings(Map.of())),
                DkimSigner.of(Optional.empty()),
                MailContent.fromJson(new JsonObject(mail.toJson().encode())))
            .print("d1", TO, reader(mark), Instant.EPOCH)
            .data();
    ParsedMail parsed = new ParsedMail(data.toString());
    String headers =
        parsed.names().stream()
            .map(name -> name + ": " + parsed.all(name))
            .collect(Collectors.joining("\n"));
    return String.join("\n", headers, parsed.text(), parsed.html());
  }

  private static void isTheSameForAll(MailContent mail) {
    assertThat(mail.text().holes()).isEqualTo(PLAIN.text().holes());
    assertThat(mail.html().holes()).isEqualTo(PLAIN.html().holes());
    assertThat(mail.subject().holes()).isEmpty();
    assertThat(MailContent.fromJson(new JsonObject(mail.toJson().encode()))).isEqualTo(mail);
    assertThat(printed(mail, "qzq-one-").replace("qzq-one-", "qzq-two-"))
        .isEqualTo(printed(mail, "qzq-two-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{first_name}}",
        "{{first\\_name}}",
        "{{unsubscribe_url}}",
        "{\\{unsubscribe\\_url}}",
        "\\{\\{unsubscribe_url\\}\\}",
        "&#123;&#123;unsubscribe_url&#125;&#125;",
        "&lcub;&lcub;list_name&rcub;&rcub;",
        "*{{*unsubscribe_url*}}*",
        "{**{**list_name}}",
        "{{list<b></b>_name}}",
        "{<!-- -->{list_name}}",
        "{<!-- x -->{unsubscribe_url}<!-- x -->}",
        "<span>{</span>{name}}",
        "`{{unsubscribe_token}}`",
        "    {{preferences_url}}",
        "```\n{{list_id}}\n```",
        "[x](https://hole.invalid/reset_url)",
        "[x](https://hole.invalid/unsubscribe_url)",
        "[x]({{unsubscribe_url}})",
        "[x](<{{preferences_url}}>)",
        "[x](https://a.example/{{unsubscribe_token}})",
        "[x](https://a.example/ \"{{unsubscribe_url}}\")",
        "<a href=\"{{unsubscribe_url}}\">x</a>",
        "<a href='https://a.example/?{{unsubscribe_token}}'>x</a>",
        "<https://a.example/{{unsubscribe_token}}>",
        "![{{list_name}}](https://a.example/x.png)",
        "| {{list_name}} | b |\n|---|---|\n| {{unsubscribe_url}} | {{}}name}} |",
        "<table><tr><td>{{name</td><td>}}</td></tr></table>",
        "# {{list_name}}\n\n## {{name}}",
        "- {{list_name}}\n  1. {{name}}",
        "{{}}unsubscribe_url}}",
        "{{{unsubscribe_url}}}",
        "{{{{name}}}}",
        "\uE000\uE001 \uE002\uE003 \uE0000\uE001 \uE0007\uE001",
        "&#xE000;&#xE001; &#xE000;3&#xE001; &#57344;0&#57345;"
      })
  void braceMarkAndEscapeAreWordsLikeAnyOther(String written) {
    isTheSameForAll(pressed("News", "", written));
    String line = written.lines().findFirst().orElseThrow();
    isTheSameForAll(pressed("News " + line, line, "Words before " + written));
  }

  @Test
  void whatWasEscapedIsReadAsItWasMeant() throws IOException {
    JsonObject given;
    try (InputStream in = getClass().getResourceAsStream("/trials/holes_esc.json")) {
      given = new JsonObject(Buffer.buffer(in.readAllBytes()));
    }
    MailContent mail = pressed(given.getString("subject"), "", given.getString("body_markdown"));
    isTheSameForAll(mail);
    assertThat(printed(mail, "x")).contains("An editor escapes: {{first_name}} here.");
    assertThat(Markdown.html(given.getString("body_markdown"))).contains("{{first_name}} here");
  }

  @Property(tries = 60)
  void whateverIsWrittenTwoReadersReadTheSameButForTheHubsOwnHoles(
      @ForAll("words") String subject,
      @ForAll("words") String preheader,
      @ForAll("texts") String markdown) {
    isTheSameForAll(
        pressed("S" + subject.replaceAll("\\p{Cntrl}", " "), preheader, "T " + markdown));
  }

  @Property(tries = 500)
  void whatIsKeptIsReadAsItWas(@ForAll("words") String first, @ForAll("words") String second) {
    Template kept =
        Template.join(
            List.of(Template.words(first), Template.hole("list_name"), Template.words(second)));
    assertThat(Template.read(kept.spelled())).isEqualTo(kept);
    assertThat(kept.holes()).containsExactly("list_name");
    assertThat(Template.read(Template.words(first + second).spelled()))
        .isEqualTo(Template.words(first + second));
  }

  @Provide
  Arbitrary<String> words() {
    return pieces(
        "{",
        "{{",
        "}",
        "}}",
        "name",
        "list_name",
        "unsubscribe_url",
        "first\\_name",
        "\\",
        "*",
        "&#123;",
        "&#xE000;",
        "\uE000",
        "\uE001",
        "\uE002",
        "0",
        "{{}}",
        " ",
        "é",
        "<",
        ">",
        "\"");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(80),
        pieces(
            "{{",
            "{",
            "}}",
            "}",
            "list_name",
            "unsubscribe_url",
            "reset\\_url",
            "\\",
            "*",
            "**",
            "`",
            "|",
            "\n|---|---|\n",
            "\n",
            "\n\n",
            "<!-- -->",
            "<b>",
            "</b>",
            "<td>",
            "[x](",
            ")",
            "https://hole.invalid/",
            "\"",
            "&#123;",
            "&lcub;",
            "&#xE000;",
            "\uE000",
            "\uE001",
            "0",
            "1",
            "# ",
            "> ",
            "- ",
            "    ",
            "<table><tr><td>",
            "words"));
  }

  private static Arbitrary<String> pieces(String... pieces) {
    return Arbitraries.of(pieces).list().ofMaxSize(14).map(list -> String.join("", list));
  }
}
