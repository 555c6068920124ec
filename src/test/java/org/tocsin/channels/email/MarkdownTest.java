package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void headingsListsLinksTablesAndQuotesAreSet() {
    String markdown =
        """
        ## The month

        Two **new** cases, one _release_. See [the page](https://committee.example/a?b=1&c=2).

        - first
        - second
          - deeper

        3. three
        4. four

        > Quoted

        | Region | Cases |
        |--------|------:|
        | Asia   |    12 |
        """;
    assertThat(Markdown.html(markdown))
        .contains("<h2>The month</h2>", "<strong>new</strong>", "<em>release</em>")
        .contains("<a href=\"https://committee.example/a?b&#61;1&amp;c&#61;2\">the page</a>")
        .contains("<ol start=\"3\">", "<blockquote>", "<td align=\"right\">12</td>");
    assertThat(Markdown.text(markdown))
        .isEqualTo(
            """
            The month
            ---------

            Two *new* cases, one _release_. See the page
            (https://committee.example/a?b=1&c=2).

            - first
            - second
              - deeper

            3. three
            4. four

            > Quoted

            Region  Cases
            ------  -----
            Asia       12\
            """);
  }

  @Test
  void scriptsStylesImagesAndStrangeLinksAreDroppedNeverRefused() {
    String markdown =
        """
        <script>alert(1)</script><style>p{}</style>
        <p style="color:red" onclick="x()" class="y">styled</p>

        <img src="https://spy.example/pixel.gif"> ![a bell](https://spy.example/bell.png)
        <iframe src="https://spy.example/"></iframe>

        [script](javascript:alert(1)) [data](data:text/html,x) [relative](/desk) [rootless](//spy.example/x)
        [case](JaVaScRiPt:alert(1)) <a href="https://ok.example" onmouseover="x()">fine</a>
        """;
    assertThat(Markdown.html(markdown))
        .doesNotContain("script>", "<style", "style=", "onclick", "onmouseover", "class=", "<img")
        .doesNotContain("spy.example", "javascript:", "data:", "iframe", "/desk")
        .contains("<p>styled</p>", "a bell", "<a href=\"https://ok.example\">fine</a>");
    assertThat(Markdown.text(markdown))
        .doesNotContain("alert(1)", "spy.example", "p{}")
        .contains("styled", "a bell", "script data relative rootless", "fine (https://ok.example)");
  }

  @Test
  void bracesAreWordsAndNoTargetOfALink() {
    String markdown = "Dear {{name}}, [confirm]({{confirm_url}}) or {{first\\_name}}. {{list}}";
    assertThat(Markdown.html(markdown))
        .isEqualTo("<p>Dear {{name}}, confirm or {{first_name}}. {{list}}</p>");
    assertThat(Markdown.text(markdown))
        .isEqualTo("Dear {{name}}, confirm or {{first_name}}. {{list}}");
  }

  /** Each of them as an entity, which no look at the source would find. */
  @Test
  void whatNoSourceMayHoldIsLeftOutHoweverItWasWritten() {
    String markdown =
        "a&#1;b&#2;c&#3;d&#x1b;e&#x202E;f&#x202d;g&#xFFFE;h&#xFFFF;i&#xFDD0;j&#x85;k&#xD800;l"
            + " <b>m&#2;n&#x202E;</b> [o](https://a.example/?p=&#2;&#x202E;q)";
    for (String read : new String[] {Markdown.html(markdown), Markdown.text(markdown)}) {
      assertThat(read.codePoints())
          .noneMatch(
              c ->
                  (Character.isISOControl(c) && c != '\n')
                      || c == 0x202D
                      || c == 0x202E
                      || c >= 0xFFFE
                      || c == 0xFDD0);
      assertThat(read).contains("abcdefghij");
    }
  }

  @Test
  void aBareUrlIsALinkAndIsShownOnce() {
    assertThat(Markdown.html("https://a.example/x and office@a.example"))
        .contains("<a href=\"https://a.example/x\">", "<a href=\"mailto:office&#64;a.example\">");
    assertThat(Markdown.text("https://a.example/x and office@a.example"))
        .isEqualTo("https://a.example/x and office@a.example");
    assertThat(Markdown.text("<https://a.example/x>")).isEqualTo("https://a.example/x");
  }

  @Test
  void linesEndBeforeColumn76AndUrlsStayWhole() {
    String url = "https://committee.example/" + "long-path/".repeat(12) + "?q=a-b";
    String text =
        Markdown.text("word ".repeat(60) + "[read it](" + url + ") " + "word ".repeat(30));
    assertThat(text).contains("(" + url + ")");
    assertThat(text.lines().filter(line -> !line.contains(url)))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
  }

  @Test
  void scriptsWithoutSpacesAreBrokenToo() {
    String text = Markdown.text("人権委員会は次の事件について皆様にお知らせします。".repeat(12));
    assertThat(text.lines().count()).isGreaterThan(2);
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
  }

  @Test
  void aWideTableIsToldRowByRow() {
    String text =
        Markdown.text(
            """
            | Where | What happened in this place during the whole of the month |
            |---|---|
            | Norvania | A physician was released after two years and went home to her family |
            """);
    assertThat(text)
        .isEqualTo(
            """
            Where: Norvania
            What happened in this place during the whole of the month: A physician was
            released after two years and went home to her family\
            """);
  }

  private static String trial(String name) throws IOException {
    try (InputStream in = MarkdownTest.class.getResourceAsStream("/trials/" + name + ".json")) {
      return new JsonObject(Buffer.buffer(in.readAllBytes())).getString("body_markdown");
    }
  }

  @Test
  void aTableWithoutRowsOrHeadingsLosesNoWord() throws IOException {
    assertThat(Markdown.text(trial("tables")))
        .contains(
            """
            Header only, wide:

            This is the header of a table that has no rows and is wide
            and it has a second header that is wide too, indeed

            End.\
            """,
            """
            Country  Cases  Note
            -------  -----  ----------------------------
            Türkiye     12  link (https://example.org/t)
            日本         3  *bold* and code
            A|B      1,000  x\
            """);
    assertThat(Markdown.text("<table><tr><td>a</td><td>b</td></tr></table>")).isEqualTo("a  b");
  }

  @Test
  void blocksOfRawHtmlStandApartInBothForms() throws IOException {
    String markdown = trial("rawhtml");
    assertThat(Markdown.text(markdown))
        .startsWith(
            """
            First div

            Second div

            P one

            P two

            cell one
            cell two

            - li one
            - li two
            plain

            Nested:

            outer before

            inner

            outer after
            outer2

            Sum

            Hidden text

            Picture words and md alt and linked img (https://example.org/l)
            """);
    assertThat(Markdown.html(markdown))
        .contains("<div>First div</div><div>Second div</div>", "Picture words and md alt");
  }

  @Property(tries = 300)
  void noWordOfACellIsLostOrJoinedToAnother(
      @ForAll @Size(max = 12) List<@From("tags") String> tags) {
    StringBuilder html = new StringBuilder("<table><tr><td>");
    for (int i = 0; i < tags.size(); i++) {
      html.append(tags.get(i)).append(" w").append(i).append("x ");
    }
    String text = Markdown.text(html.toString());
    String read = Markdown.html(html.toString()).replaceAll("<[^>]*>", " ");
    for (int i = 0; i < tags.size(); i++) {
      String word = "w" + i + "x";
      assertThat(text.contains(word)).as(html + " → " + text).isEqualTo(read.contains(word));
    }
  }

  @Provide
  Arbitrary<String> tags() {
    return Arbitraries.of(
        "<p>",
        "</p>",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<ul>",
        "<li>",
        "</ul>",
        "<div>",
        "</div>",
        "<section>",
        "<caption>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "<a href=https://a.example/>",
        "</a>",
        "<br>",
        "<hr>",
        "<pre>",
        "</pre>",
        "<b>",
        "</b>");
  }

  @Test
  void codeKeepsItsLines() {
    assertThat(Markdown.text("```\nfirst  line\n  second\n```\n\nafter"))
        .isEqualTo("    first  line\n      second\n\nafter".strip());
  }

  @Test
  void deepNestingNeitherOverflowsNorHangs() {
    assertThat(Markdown.text(">".repeat(20_000) + " deep")).contains("deep");
    assertThat(Markdown.html("*a **b ".repeat(5_000))).contains("a");
    assertThat(Markdown.html("[".repeat(20_000))).isNotEmpty();
    assertThat(Markdown.text("<table><tr><td>".repeat(20_000) + "x")).isNotNull();
    assertThat(Markdown.html("<b>".repeat(20_000) + "x")).startsWith("<p><b>");
    assertThat(Markdown.html("**a ".repeat(4_000) + "b" + "**".repeat(4_000))).contains("b");
  }

  @Property(tries = 300)
  void whateverIsWrittenNothingActiveComesOut(@ForAll String markdown) {
    String html = Markdown.html(markdown);
    assertThat(html.toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("<script", "<img", "<style", "javascript:");
    assertThat(Markdown.text(markdown)).isNotNull();
  }
}
