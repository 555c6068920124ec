package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.hub.AlertScene.draft;
import static org.tocsin.hub.AlertScene.path;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertKind;
import org.tocsin.alerts.StopReason;
import org.tocsin.correspondents.Circle;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** Alerts in the portal in a real browser, and on paper. */
class PortalAlertLooksTest {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String MEMBER = "ada@academy.example";

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk();
  private final AlertScene scene = new AlertScene(desk);
  private final Alert alert = scene.released(draft("Ask for a fair trial"));

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  private void signIn(Page page) {
    // Each walk asks for a link, and there are not many for one address.
    desk.hub.clock.advance(Duration.ofMinutes(20));
    page.navigate(desk.url(path(alert)));
    page.fill("#email", MEMBER);
    page.click("main form button");
    desk.features.portalLinks.round();
    page.navigate(desk.url(new Letters(desk).link("portal_link")));
    page.click("main form button");
    assertThat(page.url()).isEqualTo(desk.url(path(alert)));
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    scene.enrol(Circle.CORRESPONDENT, "Ada Ahorn 部", MEMBER);
    scene.updated(alert, draft("Ask for a doctor, and that he may see his lawyer"));
    Alert stopped = scene.released(draft("Stopped"));
    desk.features.alerts.stop(stopped.id(), StopReason.RELEASED, scene.officer);
    Alert held = scene.released(draft("Held"));
    desk.features.alerts.hold(held.id(), scene.officer);
    Alert closed = scene.released(draft("Ask for his books"));
    scene.close(closed);
    scene.released(draft("A hearing was set", AlertKind.INFORMATION, Optional.empty()));
    assertThat(Looks.walk(chromium, "portal-alert", () -> walk(stopped, held, closed))).isEmpty();
  }

  private Map<String, Consumer<Page>> walk(Alert stopped, Alert held, Alert closed) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("open", this::signIn);
    walk.put("earlier", page -> page.click("summary"));
    walk.put("report-wrong", page -> page.click("main form button"));
    walk.put(
        "report",
        page -> {
          page.check("input[value=WROTE]");
          page.fill("#on", "2026-06-14");
          page.selectOption("#target", "Minister of Justice");
          page.fill("#reply", "A card: received.");
          page.click("main form button");
        });
    walk.put("front", page -> page.navigate(desk.url("/portal")));
    walk.put("stopped", page -> page.navigate(desk.url(path(stopped))));
    walk.put("held", page -> page.navigate(desk.url(path(held))));
    walk.put("closed", page -> page.navigate(desk.url(path(closed))));
    walk.put("no-letter", page -> page.navigate(desk.url(path(stopped) + "/letters/1.pdf")));
    walk.put("no-print", page -> page.navigate(desk.url(path(alert) + "/letters/1.pdf")));
    return walk;
  }

  @Test
  void onPaperItIsTheAlertAndNothingElse() throws Exception {
    scene.enrol(Circle.CORRESPONDENT, "Ada Ahorn", MEMBER);
    scene.updated(alert, draft("Ask for a doctor"));
    Files.createDirectories(SHOTS);
    Path paper = SHOTS.resolve("portal-alert-paper.pdf");
    try (BrowserContext context = chromium.context(1280, ColorScheme.DARK)) {
      Page page = context.newPage();
      signIn(page);
      // A page that is still being laid out is printed as an empty sheet.
      page.waitForSelector("h1:has-text('Ask for a doctor')");
      page.waitForLoadState(LoadState.NETWORKIDLE);
      page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))");
      page.pdf(new Page.PdfOptions().setPath(paper).setFormat("A4").setPrintBackground(true));
    }
    try (PDDocument document = Loader.loadPDF(paper.toFile())) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Ask for a doctor", "Court Square", "Before you write, sign in")
          .doesNotContain(
              "Newsletters", "Back to your desk", "Send the report", "Read and copy", "fair trial");
    }
  }
}
