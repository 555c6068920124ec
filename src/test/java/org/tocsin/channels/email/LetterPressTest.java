package org.tocsin.channels.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.language.RightToLeft;
import org.tocsin.testing.OurMail;

class LetterPressTest {
  private static final Messages ENGLISH = Languages.load().in("en");
  private final LetterPress demo = new LetterPress(Letters.DEMO);
  private final LetterPress production = new LetterPress(Letters.settings(Map.of()));

  @Test
  void bulkMailCarriesEveryListHeader() {
    MailContent mail = production.press(Letters.newsletter(), ENGLISH);
    assertThat(mail.headers())
        .containsExactlyInAnyOrderEntriesOf(
            templates(
                List.of(
                    Map.entry("List-Id", "{{list_name}} <{{list_id}}.lists.tocsin.example>"),
                    Map.entry(
                        "List-Unsubscribe",
                        "<{{unsubscribe_url}}>,"
                            + " <mailto:u+{{unsubscribe_token}}@bounce.tocsin.example?subject=unsubscribe>"),
                    Map.entry("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
                    Map.entry("List-Help", "<mailto:office@tocsin.example?subject=help>"),
                    Map.entry("List-Owner", "<mailto:office@tocsin.example>"),
                    Map.entry("List-Subscribe", "<http://localhost:8080/subscribe>"),
                    Map.entry("List-Post", "NO"),
                    Map.entry("List-Archive", "<http://localhost:8080/newsletters>"),
                    Map.entry("Archived-At", "<http://localhost:8080/newsletters/2026-06>"),
                    Map.entry("Feedback-ID", "2026-06:{{list_id}}:bulk:tocsin-example"),
                    Map.entry("CFBL-Address", "fbl@tocsin.example; report=arf"),
                    Map.entry("Precedence", "bulk"),
                    Map.entry("X-Auto-Response-Suppress", "OOF, AutoReply"))));
  }

  private static Map<String, Template> templates(List<Map.Entry<String, String>> headers) {
    return headers.stream()
        .collect(Collectors.toMap(Map.Entry::getKey, header -> Template.ours(header.getValue())));
  }

  @Test
  void bulkMailOpensNoHoleBesideThoseThatAudiencesFill() {
    MailContent mail = production.press(Letters.newsletter(), ENGLISH);
    assertThat(mail.holes()).isEqualTo(LetterPress.BULK_HOLES).isEqualTo(Letters.READER.keySet());
  }

  @Test
  void bulkMailSaysWhyHowToLeaveWhereWeAreAndThatRepliesAreRead() {
    MailContent mail = production.press(Letters.newsletter(), ENGLISH);
    assertThat(mail.text().spelled().replace("\n", " "))
        .contains(
            "You get this mail because you signed up for “{{list_name}}”",
            "{{preferences_url}}",
            "{{unsubscribe_url}}",
            "1 Example Square, Exampleton",
            "A person reads every reply");
    assertThat(mail.html().spelled())
        .contains(
            "You get this mail because you signed up for “{{list_name}}”",
            "href=\"{{preferences_url}}\"",
            "href=\"{{unsubscribe_url}}\"",
            "1 Example Square, Exampleton",
            "A person reads every reply");
  }

  @Test
  void aLetterToOnePersonHasNoListHeaderAndNoWayOutOfAList() {
    MailContent mail = production.press(Letters.confirmation(), ENGLISH);
    assertThat(mail.headers())
        .containsExactlyEntriesOf(Map.of("Auto-Submitted", Template.words("auto-generated")));
    assertThat(mail.html().spelled() + mail.text().spelled())
        .doesNotContain("unsubscribe", "preferences_url");
  }

  @Test
  void theButtonsLinkIsWrittenOutToo() {
    MailContent mail = production.press(Letters.confirmation(), ENGLISH);
    assertThat(mail.html().spelled().split("href=\"\\{\\{confirm_url}}\"", -1)).hasSize(3);
    assertThat(mail.html().spelled()).contains(">{{confirm_url}}</a>");
    assertThat(mail.text().spelled()).contains("Confirm my subscription:\n{{confirm_url}}\n");
  }

  @Test
  void theTextPartIsTheSameLetter() {
    String text = production.press(Letters.newsletter(), ENGLISH).text().spelled();
    assertThat(text)
        .startsWith("Committee on Human Rights\n\nMonthly newsletter, June 2026\n=====")
        .contains(
            "After *412 days* in Halvik prison",
            "(https://hub.example/developments/varga)",
            "> “I was told that letters came every week.",
            "1. write to the Minister",
            "Region                    Current  Resolved");
    assertThat(text.lines().filter(line -> !line.contains("://")))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(76));
  }

  @Test
  void onlyADemosMailSaysThatItIsADemonstration() {
    String note = "Every person, case and country in this mail is";
    for (Letter letter : new Letter[] {Letters.newsletter(), Letters.confirmation()}) {
      MailContent shown = demo.press(letter, ENGLISH);
      assertThat(shown.html().spelled()).contains(note);
      assertThat(shown.text().spelled()).contains(note);
      MailContent real = production.press(letter, ENGLISH);
      assertThat(real.html().spelled()).doesNotContain(note);
      assertThat(real.text().spelled()).doesNotContain(note);
    }
  }

  @Test
  void nothingIsFetchedWhenTheMailIsOpened() {
    String hostile =
        """
        ![pixel](https://spy.example/p.gif) <img src=//spy.example/q.gif>
        <div style="background:url(https://spy.example/r.png)">words</div>
        <link rel="stylesheet" href="https://spy.example/s.css"><object data="https://spy.example/t"></object>
        <table background="https://spy.example/u"><tr><td>cell</td></tr></table>
        """;
    MailContent mail =
        demo.press(
            Letter.written("A subject", "", hostile, Letters.newsletter().list().orElseThrow()),
            ENGLISH);
    assertThat(MailLint.faults(mail)).isEmpty();
    assertThat(mail.html().spelled()).doesNotContain("spy.example").contains("words", "cell");
    assertThat(demo.press(Letters.newsletter(), ENGLISH).html().spelled())
        .doesNotContain("fonts.googleapis.com", "@import", "<link", "<img");
  }

  @Test
  void theLintFindsWhatItIsThereFor() {
    for (String offence :
        new String[] {
          "<img src='x'>",
          "<IMG SRC=x>",
          "<link href=\"https://a.example/\">",
          "<td background=\"x\">",
          "<style>@import 'x'</style>",
          "<p style=\"background: url(x)\">",
          "<iframe>",
          "<p data-x=\"https://a.example/\">"
        }) {
      assertThat(MailLint.faults(OurMail.of("s", "t", offence, Map.of()))).as(offence).isNotEmpty();
    }
    assertThat(
            MailLint.faults(
                OurMail.of(
                    "s",
                    "t",
                    "<p>We import url(s), src=x</p><a href=\"https://a.example/\">",
                    Map.of())))
        .isEmpty();
    assertThat(MailLint.faults(OurMail.of("s", "t", "<p>", Map.of("X-A", "b\r\nBcc: c"))))
        .isNotEmpty();
  }

  @Test
  void wordsOfTheEditorNeverBecomeMarkupOfTheLayout() {
    String hostile = "\"><script>x</script></mj-text></h1><img src=x> & {{name}} &lt;b&gt;";
    Letter letter =
        new Letter(
            Words.theirs(hostile),
            Words.theirs(hostile),
            Words.theirs("Text &lt;/mj-text&gt;&lt;script&gt; `</mj-text><img src=x>`"),
            Optional.of(new Letter.Action(hostile, "confirm_url")),
            Optional.empty());
    MailContent mail = production.press(letter, ENGLISH);
    assertThat(mail.html().spelled())
        .doesNotContain("<script", "<img", "</mj-text>")
        .contains("&lt;script&gt;x", "&amp;lt;b", "{{}}name}}");
    assertThat(mail.holes()).containsExactly("confirm_url");
  }

  @Test
  void aLetterThatBeginsWithItsOwnHeadingIsNotGivenASecond() {
    Letter letter =
        Letter.written(
            "Subject", "", "# Own heading\n\nText", Letters.newsletter().list().orElseThrow());
    assertThat(production.press(letter, ENGLISH).text().spelled())
        .contains("Own heading\n===========")
        .doesNotContain("Subject\n=");
  }

  @Test
  void aHoleThatNoAudienceFillsIsRefusedBeforeItReachesAnybody() {
    Letter letter =
        new Letter(
            Words.ours("Hello"),
            Words.ours(""),
            Words.ours("Dear {{nmae}}"),
            Optional.empty(),
            Letters.newsletter().list());
    assertThatThrownBy(() -> production.press(letter, ENGLISH))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a hole that no audience fills");
    assertThatThrownBy(
            () -> production.press(Letters.newsletter("Two\r\nBcc: x@y.example"), ENGLISH))
        .isInstanceOf(HubException.Invalid.class);
  }

  @Test
  void languageAndDirectionAreSaid() {
    MailContent mail = production.press(Letters.newsletter(), ENGLISH);
    assertThat(mail.html().spelled()).contains("<html lang=\"en\" dir=\"ltr\"");
    MailContent arabic = demo.press(arabic(), RightToLeft.messages());
    assertThat(arabic.html().spelled())
        .contains("<html lang=\"ar\" dir=\"rtl\"", "text-align:right", "border-right:3px")
        .contains("direction:rtl")
        .doesNotContain("direction:ltr", "border-left:3px", "left:24px");
    assertThat(arabic.text().spelled())
        .contains("غادر «{{list_name}}» بنقرة واحدة: {{unsubscribe_url}}");
  }

  @Test
  void aTextKeepsItsDirectionInTheFrameOfAnother() {
    String leftInRight = demo.press(Letters.newsletter(), RightToLeft.messages()).html().spelled();
    assertThat(leftInRight)
        .contains("<html lang=\"ar\" dir=\"rtl\"", "<div dir=\"ltr\" style=\"text-align:left;\">");
    String rightInLeft = demo.press(arabic(), ENGLISH).html().spelled();
    assertThat(rightInLeft)
        .contains("<div dir=\"rtl\" style=\"text-align:right;\">", "border-right:3px");
    assertThat(demo.press(Letters.newsletter(), ENGLISH).html().spelled())
        .doesNotContain("<div dir=");
    assertThat(demo.press(Letters.confirmation(), RightToLeft.messages()).html().spelled())
        .doesNotContain("<div dir=");
  }

  private static Letter arabic() {
    return new Letter(
        Words.theirs("النشرة الشهرية"),
        Words.theirs(""),
        Words.theirs(
            """
            عاد اثنان من زملائنا إلى بيتيهما هذا الشهر.

            ## قضية جديدة

            - اكتب إلى الوزير
            - [اقرأ المزيد](https://hub.example/x)

            > كنت أعرف اليوم من الرسائل.
            """),
        Optional.of(new Letter.Action("اقرأ في الموقع", "preferences_url")),
        Letters.newsletter().list());
  }

  @Test
  void samplesAreWrittenForLookingAt() throws IOException {
    Path folder = Files.createDirectories(Path.of("target/mail-samples"));
    MailContent newsletter = demo.press(Letters.newsletter(), ENGLISH);
    Files.writeString(folder.resolve("newsletter.html"), filled(newsletter.html(), Letters.READER));
    Files.writeString(folder.resolve("newsletter.txt"), filled(newsletter.text(), Letters.READER));
    MailContent confirmation = demo.press(Letters.confirmation(), ENGLISH);
    Map<String, String> link =
        Map.of("confirm_url", "https://hub.example/confirm/" + "k".repeat(60));
    Files.writeString(folder.resolve("confirmation.html"), filled(confirmation.html(), link));
    Files.writeString(folder.resolve("confirmation.txt"), filled(confirmation.text(), link));
    MailContent arabic = demo.press(arabic(), RightToLeft.messages());
    Files.writeString(folder.resolve("arabic.html"), filled(arabic.html(), Letters.READER));
    assertThat(folder).isDirectoryContaining("glob:**.html");
  }

  private static String filled(Template template, Map<String, String> values) {
    return template.fill(values, Holes::escape);
  }
}
