package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.Looks;
import org.tocsin.testing.PseudoLanguage;

/** Pages that are read from right to left, in a real browser and in the stylesheet. */
class RightToLeftLooksTest {
  private static final String READER = "quynh@science-park.example";

  /** Where a line begins at all: what is at its start stands at the right of what follows. */
  private static final String BEGINS_RIGHT =
      """
      () => {
        const from = document.createRange(), body = document.body.getBoundingClientRect();
        return [...document.querySelectorAll('h1, label, legend, .lead, th')]
          .filter(e => !e.closest('[dir=auto]') && e.getClientRects().length > 0)
          .filter(e => {
            from.selectNodeContents(e);
            const text = from.getBoundingClientRect();
            const box = (e.parentElement ?? e).getBoundingClientRect();
            return box.right - text.right > text.left - box.left + 1;
          })
          .map(e => e.outerHTML);
      }
      """;

  @Test
  void everyPageIsAccessibleFitsAPhoneAndBeginsAtTheRight(@TempDir Path folder) {
    try (Chromium chromium = Chromium.open();
        HubProcess hub =
            HubProcess.demonstration(folder.resolve("data"), Map.of())
                .with(PseudoLanguage.write(folder.resolve("classes")))
                .start()) {
      Map<String, String> pages = new LinkedHashMap<>();
      pages.put("home", "/?lang=ar");
      pages.put("subscribe", "/subscribe?lang=ar");
      pages.put("newsletters", "/newsletters?lang=ar");
      pages.put("newsletter", first(hub, "/newsletters") + "?lang=ar");
      pages.put("search", "/search?q=11&lang=ar");
      pages.put("verify", "/verify?lang=ar");
      pages.put("confirm", confirm(hub));
      pages.put("preferences", preferences(hub, pages.get("confirm")));
      pages.put("desk-sign-in", "/desk/sign-in?lang=ar");
      List<String> faults = new ArrayList<>();
      try (BrowserContext context = chromium.context(390, ColorScheme.LIGHT)) {
        Page page = context.newPage();
        pages.forEach(
            (name, path) -> {
              page.navigate(hub.url(path));
              String shot = "right-to-left-" + name;
              Looks.photograph(page, shot);
              faults.addAll(Looks.fits(page, shot));
              faults.addAll(Looks.accessible(page, shot));
              assertThat(page.evaluate("() => document.dir")).as(name).isEqualTo("rtl");
              ((List<?>) page.evaluate(BEGINS_RIGHT))
                  .forEach(left -> faults.add(shot + ": begins at the left: " + left));
            });
      }
      assertThat(faults).isEmpty();
    }
  }

  private static String first(HubProcess hub, String path) {
    return found(
        hub.door().send(hub.door().request(path)).body(), "href=\"(" + path + "/[0-9-]+)\"");
  }

  private static String confirm(HubProcess hub) {
    hub.door()
        .send(
            hub.door().form("/subscribe", "email", READER, "topics", "torture", "language", "ar"));
    eventually("a mail to confirm", () -> !hub.door().mailsTo(READER).isEmpty());
    JsonObject mail = hub.door().mailsTo(READER).getJsonObject(0);
    return found(mail.getString("text"), "(/confirm/[a-z0-9]+)");
  }

  private static String preferences(HubProcess hub, String confirm) {
    return found(
        hub.door().send(hub.door().form(confirm)).body(), "href=\"(/preferences/[a-z0-9]+)\"");
  }

  private static String found(String text, String link) {
    Matcher found = Pattern.compile(link).matcher(text);
    assertThat(found.find()).as(link).isTrue();
    return found.group(1);
  }

  @Test
  void theStylesheetKnowsNoLeftAndRight() throws Exception {
    String css = Files.readString(Path.of("src/main/resources/static/tocsin.css"));
    Pattern sided =
        Pattern.compile(
            "(?:margin|padding|border|inset)-(?:left|right)\\b|[{;]\\s*(?:left|right|float)\\s*:"
                + "|text-align:\\s*(?:left|right)"
                + "|(?:margin|padding):\\s*[^;\\s]+ ([^;\\s]+) [^;\\s]+ (?!\\1\\s*[;}])[^;\\s]+"
                + "|box-shadow: inset -?[1-9]");
    assertThat(sided.matcher(css).results().map(found -> found.group())).isEmpty();
  }
}
