package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.Looks;

/**
 * The private half from end to end in a real browser, over a hub in a process of its own: a case is
 * taken in and confirmed, members are alerted, read, write and report, hear more, are told to stop,
 * and the public half is given a few words.
 */
class CaseStoryTest {
  private static final String NAME = "Ottilie Marchbanks-Verrou";
  private final LocalDate today = UtcDay.of(InstantSource.system().instant());
  private static final String SAVE = "main form[novalidate] > .actions button";

  private final Chromium chromium = Chromium.open();
  private final Map<String, Page> browsers = new HashMap<>();
  private final List<String> faults = new ArrayList<>();
  private String reference = "";
  private int shots;

  @AfterEach
  void close() {
    chromium.close();
  }

  @Test
  void fromACaseToAStopAndAFewWordsForThePublic(@TempDir Path folder) throws IOException {
    try (HubProcess hub =
        HubProcess.demonstration(folder, Map.of("TOCSIN_ALERTS_LAST_LOOK_MINUTES", "0")).start()) {
      JsonObject access = new JsonObject(Files.readString(folder.resolve("demo-access.json")));
      for (String role :
          List.of("case_officer", "approver", "release_officer", "newsletter_editor")) {
        browsers.put(role, staff(access.getJsonObject(role).getString("sign_in_url")));
      }
      String file = taken(hub);
      confirmed(file);
      String alert = released(file, "Ask the court for a fair and open trial", 1, hub);
      Page member = member(hub);
      String reading = read(member, "Ask the court for a fair and open trial");
      wrote(member);
      updated(hub, alert);
      member.navigate(reading);
      assertThat(member.innerText("main"))
          .contains("Ask that she may see a doctor", "What you read before");
      shot("read-again", member);
      stopped(hub, alert);
      member.navigate(reading);
      assertThat(member.innerText("main"))
          .contains("Please do nothing further.")
          .doesNotContain("doctor", "trial");
      shot("told-to-stop", member);
      told(alert);
      forThePublic(hub, file);
    }
    assertThat(faults).isEmpty();
  }

  private Page staff(String link) {
    Page page = chromium.context(1280, ColorScheme.LIGHT).newPage();
    page.navigate(link);
    page.click("main form button");
    return page;
  }

  private Page officer() {
    return browser("case_officer");
  }

  private Page browser(String role) {
    return Objects.requireNonNull(browsers.get(role), role);
  }

  private void shot(String what, Page page) {
    String name = String.format("story-%02d-%s", ++shots, what);
    Looks.photograph(page, name);
    faults.addAll(Looks.fits(page, name));
    faults.addAll(Looks.accessible(page, name));
  }

  /** With all that the gate asks for. */
  private String taken(HubProcess hub) {
    Page page = officer();
    page.navigate(hub.url("/desk/cases/new"));
    page.fill("#name", NAME);
    page.selectOption("#country", "XN");
    page.selectOption("#profession", "SPECIALIST_PHYSICIAN");
    page.fill("#summary", "Arrested at the hospital where she treated the wounded of a protest.");
    page.click(SAVE);
    String file = page.url();
    shot("taken-in", page);
    form(page, file + "/situation", "word=IMPRISONED", "since=" + today.minusDays(9));
    page.navigate(file + "/team");
    page.check("label:has-text('Oleksandr') input");
    page.click("main form:has(#member) .actions button");
    form(page, file + "/step", "to=UNDER_REVIEW");
    page.navigate(file + "/check");
    for (String word : values(page, "word")) {
      form(page, file + "/check", "word=" + word, "met=YES", "note=Stated in the indictment");
    }
    for (String kind : List.of("FAMILY", "PRESS")) {
      form(
          page,
          file + "/source",
          "kind=" + kind,
          "independent=true",
          "heard_on=" + today.minusDays(3),
          "details=Told us on the telephone");
    }
    form(
        page,
        file + "/consent",
        "giver=FAMILY",
        "scopes=CORRESPONDENTS_ALERT",
        "scopes=PUBLIC_ANONYMISED",
        "given=" + today.minusDays(2),
        "evidence=A letter of her brother");
    form(page, file + "/risk", "text=The brother lives in the same town.");
    page.navigate(file);
    shot("ready", page);
    return file;
  }

  private static List<String> values(Page page, String radio) {
    return page.locator("input[name=" + radio + "]").all().stream()
        .map(one -> one.getAttribute("value"))
        .toList();
  }

  /** Fills in what is given as {@code name=value}, sends it, and comes back to the case. */
  private static void form(Page page, String path, String... answers) {
    page.navigate(path);
    for (String answer : answers) {
      String name = answer.substring(0, answer.indexOf('='));
      String value = answer.substring(answer.indexOf('=') + 1);
      String box = "input[name=" + name + "][value='" + value + "']";
      if (page.locator(box).count() > 0) {
        page.check(box);
      } else {
        page.fill("#" + name, value);
      }
    }
    page.click(SAVE);
    assertThat(page.url()).as(page.innerText("main")).doesNotEndWith(path);
  }

  private void confirmed(String file) {
    Page page = browser("approver");
    page.navigate(file + "/confirm");
    page.click(SAVE);
    assertThat(page.innerText("main")).contains("Active");
    shot("confirmed", page);
  }

  private String released(String file, String ask, int letters, HubProcess hub) {
    Page page = officer();
    page.navigate(file + "/alerts/new");
    page.fill("#ask", ask);
    page.fill("#happened", "She has been held for nine days without a charge.");
    page.fill("#actions", "Write to the minister, politely and in your own words.");
    page.fill("#dos", "Say that you follow the case as a colleague.");
    page.fill("#donts", "Do not mention her family.");
    page.check("input[name=circles][value=correspondent]");
    page.fill("#act_by", today.plusDays(10).toString());
    page.fill("#target_0_office", "Minister of Justice");
    page.fill("#target_0_body", "Ministry of Justice");
    page.fill("#target_0_salutation", "Excellency");
    page.fill("#target_0_language", "en");
    page.fill("#target_0_address", "1 Court Square\nVelden\nNorvania");
    page.locator("details:has(#letter_0_body)").evaluate("one => { one.open = true }");
    page.fill("#letter_0_language", "en");
    page.fill("#letter_0_subject", "A colleague in detention");
    page.fill("#letter_0_body", "{{salutation}},\n\nI ask for a fair trial.\n\n{{name}}");
    page.click(SAVE);
    String alert = page.url();
    reference = page.innerText("h1");
    shot("alert-drafted", page);
    sent(page, alert);
    eventually("all members have letter " + letters, () -> mails(hub).size() >= letters * 120);
    return alert;
  }

  /** Submitted, approved, released. */
  private void sent(Page page, String alert) {
    page.click("form[action$='/submit'] button");
    Page approver = browser("approver");
    approver.navigate(alert);
    shot("alert-to-approve", approver);
    approver.click("form[action$='/approve'] button");
    Page releaser = browser("release_officer");
    releaser.navigate(alert + "/release");
    shot("alert-to-release", releaser);
    releaser.check("input[name=last_look][value='0']");
    releaser.click("main form .actions button");
  }

  /** The thin letters of this alert, the newest first. */
  private List<JsonObject> mails(HubProcess hub) {
    List<JsonObject> mails = new ArrayList<>();
    String before = "";
    do {
      JsonObject page =
          new JsonObject(
              hub.door()
                  .send(hub.door().request("/dev/mailbox/messages?limit=500" + before))
                  .body());
      JsonArray items = page.getJsonArray("items");
      items.forEach(mail -> mails.add((JsonObject) mail));
      before = page.getString("next") == null ? "" : "&before=" + page.getString("next");
    } while (!before.isEmpty());
    return mails.stream().filter(mail -> mail.getString("text").contains(reference)).toList();
  }

  /** Somebody who got the alert comes in, on a telephone. */
  private Page member(HubProcess hub) {
    JsonObject mail = mails(hub).getFirst();
    assertThat(mail.getString("text")).doesNotContain("Ottilie", "Marchbanks", "trial");
    String address = mail.getString("to");
    BrowserContext telephone = chromium.context(360, ColorScheme.DARK);
    Page page = telephone.newPage();
    page.navigate(hub.url("/portal"));
    page.fill("#email", address);
    page.click("main form button");
    Pattern link = Pattern.compile("http://localhost:\\d+/portal/\\S*[A-Za-z0-9_-]{20,}");
    eventually(
        "the link arrives",
        () -> link.matcher(hub.door().mailsTo(address).getJsonObject(0).getString("text")).find());
    page.navigate(
        link.matcher(hub.door().mailsTo(address).getJsonObject(0).getString("text"))
            .results()
            .findFirst()
            .orElseThrow()
            .group());
    page.click("main form button");
    shot("portal", page);
    return page;
  }

  private String read(Page page, String ask) {
    page.click("main a:has-text('" + ask + "')");
    assertThat(page.innerText("main")).contains(ask, "Minister of Justice");
    shot("read", page);
    return page.url();
  }

  private void wrote(Page page) throws IOException {
    for (String kind : List.of(".pdf?paper=a4", ".odt?paper=a4")) {
      String link = "a[href*='/letters/1" + kind + "']";
      Download letter = page.waitForDownload(() -> page.click(link));
      assertThat(Files.size(letter.path())).as(kind).isGreaterThan(1_000);
    }
    page.check("input[name=way][value=WROTE]");
    page.fill("#on", today.toString());
    page.selectOption("#target", "Minister of Justice");
    page.fill("#reply", "A card: received.");
    page.click("main form[action$='/reports'] button");
    assertThat(page.innerText("#thanks")).contains("Thank you.");
    shot("reported", page);
  }

  private void updated(HubProcess hub, String alert) {
    Page page = officer();
    page.navigate(alert + "/update");
    page.fill("#ask", "Ask that she may see a doctor");
    page.click(SAVE);
    String update = page.url();
    sent(page, update);
    eventually("all members hear more", () -> mails(hub).size() >= 2 * 120);
  }

  private void stopped(HubProcess hub, String alert) {
    Page page = officer();
    page.navigate(alert + "/stop");
    shot("stop", page);
    page.check("input[name=reason][value=RELEASED]");
    page.click("main form button.stop");
    eventually("all are told to stop", () -> mails(hub).size() >= 3 * 120);
    shot("stopped", page);
  }

  /** What was reported is counted on the desk, and a second person confirms the stop. */
  private void told(String alert) {
    Page page = browser("approver");
    page.navigate(alert);
    assertThat(page.innerText("main")).contains("What members did");
    page.click("form[action$='/stop/confirm'] button");
    page.navigate(alert);
    shot("stop-confirmed", page);
  }

  private void forThePublic(HubProcess hub, String file) {
    Page page = officer();
    page.navigate(file);
    page.click("main a[href$='/development']");
    page.navigate(page.url() + "?kind=RELEASED");
    page.click(SAVE);
    String words = page.url();
    shot("words", page);
    Page approver = browser("approver");
    approver.navigate(words);
    shot("words-to-clear", approver);
    approver.click("form[action$='/clear'] button");
    hub.post(
        "/api/v1/newsletters",
        "newsletter_editor",
        new JsonObject()
            .put("month", "2031-01")
            .put("subject", "News of January")
            .put("body_markdown", "# Hello")
            .put("topics", new JsonArray().add("newsletter")));
    Page editor = browser("newsletter_editor");
    editor.navigate(hub.url("/desk/developments"));
    shot("words-offered", editor);
    editor.navigate(words);
    assertThat(editor.content()).doesNotContain("Ottilie", "/desk/cases/");
    shot("words-taken", editor);
    editor.click("form[action$='/newsletter'] button");
    assertThat(editor.inputValue("textarea")).contains("# Hello", "## A colleague is free");
    shot("in-the-newsletter", editor);
  }
}
