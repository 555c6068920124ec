package org.tocsin.web.site;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.tocsin.access.Door;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.AddressChanges;
import org.tocsin.subscribers.SignUps;
import org.tocsin.web.AddressProof;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.Form;
import org.tocsin.web.FormProblems;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;

/** A fresh link to one's preferences, by mail; and the proofs of a change of address. */
public final class LinkPages {
  private static final int LONGEST_EMAIL = 1_000;

  private final SignUps signUps;
  private final AddressChanges changes;
  private final DoorCookies browsers;
  private final Pages pages;

  public LinkPages(SignUps signUps, AddressChanges changes, DoorCookies browsers, Pages pages) {
    this.signUps = signUps;
    this.browsers = browsers;
    this.changes = changes;
    this.pages = pages;
  }

  public void showRequest(RoutingContext ctx) {
    pages.show(ctx, "site/preferences_link", FormProblems.NONE);
  }

  /** The same answer for an address that nobody has. */
  public void request(RoutingContext ctx) {
    Messages words = pages.language(ctx);
    String typed = Form.of(ctx).line("email", LONGEST_EMAIL);
    Optional<EmailAddress> address = EmailAddress.parse(typed);
    if (address.isEmpty()) {
      pages.show(
          ctx,
          422,
          "site/preferences_link",
          FormProblems.of("email", words.text(EmailAddress.problem(typed))));
      return;
    }
    signUps.requestLink(address.get(), words.tag(), browsers.asker(ctx));
    pages.show(ctx, "site/preferences_link_sent", "");
  }

  public void showProof(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    changes
        .look(token)
        .ifPresentOrElse(
            question ->
                pages.show(
                    ctx,
                    200,
                    "site/address",
                    new AddressProof(
                        "asking", "/address/" + token, question.newAddress().readable(), "", ""),
                    pages.in(question.person().language())),
            () ->
                pages.show(ctx, 410, "site/address", new AddressProof("expired", "", "", "", "")));
  }

  public void prove(RoutingContext ctx) {
    String token = Params.path(ctx, "token");
    switch (changes.prove(token)) {
      case AddressChanges.Outcome.Expired expired ->
          pages.show(ctx, 410, "site/address", new AddressProof("expired", "", "", "", ""));
      case AddressChanges.Outcome.OtherMissing missing ->
          pages.show(
              ctx,
              200,
              "site/address",
              new AddressProof("other_missing", "", "", missing.until().toString(), ""),
              pages.in(missing.person().language()));
      case AddressChanges.Outcome.Changed changed -> {
        browsers.mark(ctx, Door.SUBSCRIBER, changed.person().id().value());
        pages.show(
            ctx,
            200,
            "site/address",
            new AddressProof("changed", "", "", "", changed.preferences()),
            pages.in(changed.person().language()));
      }
    }
  }
}
