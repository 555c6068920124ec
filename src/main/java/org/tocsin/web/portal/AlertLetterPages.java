package org.tocsin.web.portal;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.alerts.Addressee;
import org.tocsin.alerts.Reading;
import org.tocsin.alerts.Reading.Standing;
import org.tocsin.alerts.Readings;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.letters.Letter;
import org.tocsin.letters.LetterOdt;
import org.tocsin.letters.LetterPdf;
import org.tocsin.letters.LetterText;
import org.tocsin.letters.Paper;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** The letters of an alert, filled in for the member who asks; only while it is open. */
public final class AlertLetterPages {
  private static final Pattern FILE = Pattern.compile("([1-9][0-9]?)\\.(txt|odt|pdf)");

  private final Pages pages;
  private final Readings readings;
  private final InstantSource clock;

  public AlertLetterPages(Pages pages, Readings readings, InstantSource clock) {
    this.pages = pages;
    this.readings = readings;
    this.clock = clock;
  }

  /** Where there is no letter: back to the alert. */
  public record NoLetter(String alert, Standing standing) {}

  /**
   * Where a letter cannot be printed.
   *
   * @param signs those that no font has
   */
  public record NoPrint(String alert, int no, List<String> signs) {}

  /** GET /portal/alerts/{reference}/letters/{file}, e.g. {@code 1.pdf} */
  public void letter(RoutingContext ctx, PortalSession session) {
    Reading reading = AlertPages.reading(ctx, session, readings);
    letter(ctx, reading, AlertPages.path(reading), session.member().name());
  }

  /**
   * @param alert the path of its page
   * @param name of the reader
   */
  void letter(RoutingContext ctx, Reading reading, String alert, String name) {
    Matcher file = FILE.matcher(Params.path(ctx, "file"));
    if (!file.matches()) {
      throw new NotFound("letter");
    }
    if (reading.standing() != Standing.OPEN) {
      pages.show(ctx, 409, "portal/no_letter", new NoLetter(alert, reading.standing()));
      return;
    }
    int no = Integer.parseInt(file.group(1));
    Letter letter = made(reading, no, name);
    Paper paper =
        Params.query(ctx, "paper", 10).filter("letter"::equals).isPresent()
            ? Paper.LETTER
            : Paper.A4;
    switch (file.group(2)) {
      case "txt" -> send(ctx, no, "txt", Buffer.buffer(LetterText.of(letter)));
      case "odt" -> send(ctx, no, "odt", set(ctx, () -> LetterOdt.of(letter, paper)));
      default -> pdf(ctx, alert, no, letter, paper);
    }
  }

  private Letter made(Reading reading, int no, String name) {
    return Addressee.of(reading.latest().orElseThrow().message().draft()).stream()
        .filter(one -> one.no() == no)
        .findFirst()
        .flatMap(one -> one.made(name, UtcDay.of(clock.instant())))
        .orElseThrow(() -> new NotFound("letter"));
  }

  private void pdf(RoutingContext ctx, String alert, int no, Letter letter, Paper paper) {
    Set<Integer> unprintable = LetterPdf.unprintable(letter);
    if (unprintable.isEmpty()) {
      send(ctx, no, "pdf", set(ctx, () -> LetterPdf.of(letter, paper)));
      return;
    }
    List<String> signs = unprintable.stream().limit(20).map(Character::toString).toList();
    pages.show(ctx, 409, "portal/no_print", new NoPrint(alert, no, signs));
  }

  /** Setting takes a while, and nobody else's request waits for it. */
  private static Buffer set(RoutingContext ctx, Callable<byte[]> work) {
    return Buffer.buffer(ctx.vertx().executeBlocking(work, false).await());
  }

  /** The file's name says nothing of what is in it: it stays behind in a folder of downloads. */
  private static void send(RoutingContext ctx, int no, String form, Buffer letter) {
    String type =
        switch (form) {
          case "txt" -> "text/plain; charset=utf-8";
          case "odt" -> "application/vnd.oasis.opendocument.text";
          default -> "application/pdf";
        };
    String disposition = form.equals("txt") ? "inline" : "attachment";
    ctx.response()
        .putHeader("Content-Type", type)
        .putHeader(
            "Content-Disposition", disposition + "; filename=\"letter-" + no + "." + form + "\"")
        .end(letter);
  }
}
