package org.tocsin.web.portal;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import org.tocsin.correspondents.MemberAddressChanges;
import org.tocsin.correspondents.MemberAddressChanges.Outcome;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.AddressProof;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.SameOrigin;

/** A member's change of address, and the links by which both mailboxes prove themselves. */
public final class AddressPages {
  private static final int LONGEST_EMAIL = 1_000;
  private static final String PAGE = "/portal/address";
  private static final String PROOF = "site/address";

  private final Pages pages;
  private final MemberAddressChanges changes;

  public AddressPages(Pages pages, MemberAddressChanges changes) {
    this.pages = pages;
    this.changes = changes;
  }

  /**
   * @param waiting until when both proofs must be there
   * @param typed what stood in the form
   */
  public record Address(
      PortalSession session,
      Optional<Instant> waiting,
      boolean asked,
      String typed,
      FormProblems problems) {}

  /** GET /portal/address */
  public void show(RoutingContext ctx, PortalSession session) {
    show(ctx, 200, session, "", FormProblems.NONE);
  }

  private void show(
      RoutingContext ctx, int status, PortalSession session, String typed, FormProblems problems) {
    boolean asked = Params.query(ctx, "done", 10).filter("asked"::equals).isPresent();
    pages.show(
        ctx,
        status,
        "portal/address",
        new Address(session, changes.waitingUntil(session.member().id()), asked, typed, problems));
  }

  /** POST /portal/address */
  public void ask(RoutingContext ctx, PortalSession session) {
    Messages words = pages.language(ctx);
    String typed = Form.of(ctx).line("email", LONGEST_EMAIL);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    if (address.isEmpty()) {
      String problem = words.text(EmailAddress.problem(typed));
      show(ctx, 422, session, typed, FormProblems.of("email", problem));
    } else if (changes.ask(session.member().id(), address.get())) {
      Pages.redirect(ctx, PAGE + "?done=asked");
    } else {
      show(ctx, 422, session, typed, FormProblems.of("email", words.text("members.address.same")));
    }
  }

  /** GET /portal/address/:token */
  public void showProof(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    changes
        .look(token)
        .ifPresentOrElse(
            question ->
                proof(
                    ctx,
                    200,
                    pages.in(question.member().language()),
                    new AddressProof(
                        "asking", PAGE + "/" + token, question.newAddress().readable(), "", "")),
            () -> expired(ctx));
  }

  /** POST /portal/address/:token */
  public void prove(RoutingContext ctx) {
    SameOrigin.require(ctx);
    switch (changes.prove(Params.path(ctx, "token"))) {
      case Outcome.Expired _ -> expired(ctx);
      case Outcome.OtherMissing missing ->
          proof(
              ctx,
              200,
              pages.in(missing.member().language()),
              new AddressProof("other_missing", "", "", missing.until().toString(), ""));
      case Outcome.Taken taken ->
          proof(
              ctx,
              409,
              pages.in(taken.member().language()),
              new AddressProof("taken", "", "", "", ""));
      case Outcome.Changed changed ->
          proof(
              ctx,
              200,
              pages.in(changed.member().language()),
              new AddressProof("changed", "", "", "", "/portal/sign-in"));
    }
  }

  private void expired(RoutingContext ctx) {
    proof(ctx, 410, pages.language(ctx), new AddressProof("expired", "", "", "", ""));
  }

  private void proof(RoutingContext ctx, int status, Messages words, AddressProof proof) {
    ctx.response().putHeader("Cache-Control", "no-store");
    pages.show(ctx, status, PROOF, proof, words);
  }
}
