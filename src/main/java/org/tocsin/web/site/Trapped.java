package org.tocsin.web.site;

import org.tocsin.access.WishTally;
import org.tocsin.access.WishTally.What;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.FormTrap;

/**
 * What a form of the public does with what its traps caught. Only what filled the field that nobody
 * sees is dropped; whoever was quick, as a browser that fills everything in is, is asked to press
 * once more, so that no person's wish is lost.
 */
final class Trapped {
  /** The button, which the problem leads to. */
  private static final String BUTTON = "press";

  private final FormTrap trap;
  private final WishTally tally;

  Trapped(FormTrap trap, WishTally tally) {
    this.trap = trap;
    this.tally = tally;
  }

  String shown() {
    return trap.shown();
  }

  String again(Form form) {
    return trap.again(form);
  }

  /**
   * Whether a machine filled it, so that it is answered like any and nothing is done.
   *
   * @throws Invalid where it came quicker than a person types
   */
  boolean drops(Form form, Messages words) {
    return trap.caught(form)
        .map(
            caught ->
                switch (caught) {
                  case HONEYPOT -> {
                    tally.count(What.HONEYPOT);
                    yield true;
                  }
                  case TOO_FAST -> {
                    tally.count(What.TOO_FAST);
                    throw new Invalid(BUTTON, words.text("site.form.once_more"));
                  }
                })
        .orElse(false);
  }
}
