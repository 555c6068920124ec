package org.tocsin.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.slf4j.LoggerFactory;

/**
 * The machine's own Chromium, named by {@code CHROMIUM} or found on the PATH. Where there is none,
 * a test is skipped loudly, or fails if {@code TOCSIN_BROWSER_TESTS=required}. As many run as there
 * are tests side by side that look at pages; what a test opens and closes are its own profiles.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  static final int HEIGHT = 900;

  /** A browser serves one test at a time. */
  private static final Queue<Browser> FREE = new ConcurrentLinkedQueue<>();

  private final Browser browser;
  private final List<BrowserContext> profiles = new ArrayList<>();

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  private static Browser free(Path executable) {
    for (Browser browser = FREE.poll(); browser != null; browser = FREE.poll()) {
      if (browser.isConnected()) {
        return browser;
      }
    }
    return launch(executable);
  }

  private static Browser launch(Path executable) {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
    return playwright
        .chromium()
        .launch(
            new BrowserType.LaunchOptions()
                .setExecutablePath(executable)
                .setArgs(List.of("--no-sandbox")));
  }

  public static Chromium open() {
    Optional<Path> executable = find();
    if (executable.isEmpty()) {
      String why =
          "no Chromium: browser tests are NOT run (put chromium on the PATH or name it by"
              + " CHROMIUM)";
      if ("required".equals(System.getenv("TOCSIN_BROWSER_TESTS"))) {
        Assertions.fail(why);
      }
      LoggerFactory.getLogger(Chromium.class).warn(why);
      Assumptions.abort(why);
    }
    return new Chromium(free(executable.orElseThrow()));
  }

  private static Optional<Path> find() {
    String named = System.getenv("CHROMIUM");
    Stream<Path> candidates =
        named != null && !named.isBlank()
            ? Stream.of(Path.of(named))
            : Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
    return candidates.filter(Files::isExecutable).findFirst();
  }

  /** A fresh profile: no cookies, a window of this width, light or dark. */
  public BrowserContext context(int width, ColorScheme scheme) {
    BrowserContext profile =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("en"));
    profiles.add(profile);
    return profile;
  }

  @Override
  public void close() {
    try {
      profiles.forEach(BrowserContext::close);
    } finally {
      FREE.add(browser);
    }
  }
}
