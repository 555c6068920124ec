package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;
import org.tocsin.correspondents.MailCodes;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;

/**
 * Whether a mail is ours, by the code that stands in it. Anybody may ask; the answer is a day, and
 * neither whose mail it was nor what it was about. Asks no database.
 */
public final class VerifyPages {
  private static final int LONGEST_CODE = 100;

  private final MailCodes codes;
  private final InstantSource clock;
  private final Pages pages;

  public VerifyPages(MailCodes codes, InstantSource clock, Pages pages) {
    this.codes = codes;
    this.clock = clock;
    this.pages = pages;
  }

  /**
   * @param typed the code, as it was typed
   * @param checked whether a code was checked at all
   * @param sent the day on which we sent a mail with it
   */
  public record Check(
      String typed, boolean checked, Optional<LocalDate> sent, FormProblems problems) {}

  /** GET /verify: whatever stands behind a question mark in the address is not looked at. */
  public void show(RoutingContext ctx) {
    pages.show(ctx, "site/verify", new Check("", false, Optional.empty(), FormProblems.NONE));
  }

  /** POST /verify: a POST, so that no code stands in an address, a log or a history. */
  public void check(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    // What cannot be read, or is far too long, is as wrong as any other code: no problem of its
    // own.
    Form form = Form.of(ctx);
    String typed = form.line("code", LONGEST_CODE);
    if (typed.isEmpty() && form.problems().isEmpty()) {
      FormProblems missing = FormProblems.of("code", words.text("site.verify.missing"));
      pages.show(ctx, 422, "site/verify", new Check("", false, Optional.empty(), missing));
      return;
    }
    pages.show(
        ctx,
        "site/verify",
        new Check(typed, true, codes.check(typed, clock.instant()), FormProblems.NONE));
  }
}
