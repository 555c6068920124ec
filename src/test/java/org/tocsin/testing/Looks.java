package org.tocsin.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Walks pages and looks at each on a phone and on a desk, in light and in dark; says what the page
 * owes its reader, and keeps pictures where {@code -Dtocsin.pictures=true} asks for them: to take
 * them costs as much as all else.
 */
public final class Looks {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final boolean PICTURES = Boolean.getBoolean("tocsin.pictures");
  private static final int SHOT_TRIES = 3;
  private static final int[] WIDTHS = {360, 1280};
  private static final String OVER =
      "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

  private static final String AXE = read("/axe.min.js");
  private static final String AUDIT =
      """
      only => axe.run(document, {iframes: false, resultTypes: ['violations'], selectors: false,
          ...(only.length ? {runOnly: {type: 'rule', values: only}} : {})})
        .then(audit => audit.violations.flatMap(
          rule => rule.nodes.map(node => rule.id + ': ' + node.html)))
      """;

  /** What the same elements may still break in another width and another scheme. */
  private static final List<String> OF_WIDTH_AND_SCHEME =
      List.of("color-contrast", "link-in-text-block", "scrollable-region-focusable");

  private static final String SHOWN =
      """
      () => [...document.querySelectorAll('*')].map(one => one.checkVisibility() ? '1' : '0').join('')
      """;

  private Looks() {}

  /**
   * @param name what the pictures' names begin with
   * @param walk the steps, in order
   * @return the faults, none if all is well: too wide, not accessible, against the page's policy
   */
  public static List<String> walk(
      Chromium chromium, String name, Supplier<Map<String, Consumer<Page>>> walk) {
    List<String> faults = new ArrayList<>();
    try (BrowserContext context = chromium.context(WIDTHS[0], ColorScheme.LIGHT)) {
      Page page = context.newPage();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error") && message.text().contains("Content Security")) {
              faults.add(message.text());
            }
          });
      walk.get()
          .forEach(
              (step, visit) -> {
                visit.accept(page);
                faults.addAll(look(page, name + "-" + step));
              });
    }
    return faults;
  }

  /** Where the page is, on every width and in every scheme. It is left as it was found. */
  private static List<String> look(Page page, String name) {
    List<String> faults = new ArrayList<>();
    Object audited = "";
    for (int width : WIDTHS) {
      page.setViewportSize(width, Chromium.HEIGHT);
      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        String shot = name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
        faults.addAll(fits(page, shot));
        // Colours differ by scheme and layout by width: two of the four see both.
        if ((width == WIDTHS[0]) == (scheme == ColorScheme.LIGHT)) {
          photograph(page, shot);
          Object shown = page.evaluate(SHOWN);
          faults.addAll(audit(page, shot, shown.equals(audited) ? OF_WIDTH_AND_SCHEME : List.of()));
          audited = shown;
        }
      }
    }
    page.setViewportSize(WIDTHS[0], Chromium.HEIGHT);
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    return faults;
  }

  /** Keeps a picture. Where all cores are busy, Chromium cannot always take it at the first go. */
  public static void photograph(Page page, String shot) {
    if (!PICTURES) {
      return;
    }
    Page.ScreenshotOptions picture =
        new Page.ScreenshotOptions().setFullPage(true).setPath(SHOTS.resolve(shot + ".png"));
    for (int left = SHOT_TRIES; left > 0; left--) {
      try {
        page.screenshot(picture);
        return;
      } catch (PlaywrightException busy) {
        if (left == 1) {
          throw busy;
        }
      }
    }
  }

  /** Without frames: a mail's frame runs no script, and so could never answer. */
  public static List<String> accessible(Page page, String shot) {
    return audit(page, shot, List.of());
  }

  /**
   * @param only the rules to look at; all that axe has, without any
   */
  private static List<String> audit(Page page, String shot, List<String> only) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(AXE);
    }
    return ((List<?>) page.evaluate(AUDIT, only))
        .stream().map(fault -> shot + ": " + fault).toList();
  }

  public static List<String> fits(Page page, String shot) {
    int over = ((Number) page.evaluate(OVER)).intValue();
    return over > 0 ? List.of(shot + ": " + over + " px wider than the window") : List.of();
  }

  private static String read(String resource) {
    try (InputStream script =
        Objects.requireNonNull(AxeBuilder.class.getResourceAsStream(resource))) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
