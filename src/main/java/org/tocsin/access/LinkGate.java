package org.tocsin.access;

import org.tocsin.access.Attempts.Subject;
import org.tocsin.platform.database.Tx;

/**
 * How many links can be asked for at a door, to whatever address: so many by a network, and where
 * strangers have used that up, a few by whoever came in by that browser before. What a mark alone
 * let in is good for the mark's owner and for nobody else, which only shows when it is answered.
 */
public final class LinkGate {
  /** In {@link Attempts#WINDOW}: of one network, and beside it of one person. */
  public static final int WISHES = 20;

  private final Attempts attempts;

  public LinkGate(Attempts attempts) {
    this.attempts = attempts;
  }

  /** What became of a wish. */
  public enum Entry {
    /** Its network had room; it may be to anybody. */
    OPEN,
    /** Only to whose mark the browser carries. */
    BY_MARK,
    REFUSED
  }

  public Entry admit(Tx tx, Door door, Asker asker) {
    if (has(tx, new Subject("link.network." + door, asker.network().key(), WISHES))) {
      return Entry.OPEN;
    }
    boolean known =
        asker.at(door).stream()
            .findFirst()
            .filter(mark -> has(tx, new Subject("link.person", mark.budget(), WISHES)))
            .isPresent();
    return known ? Entry.BY_MARK : Entry.REFUSED;
  }

  private boolean has(Tx tx, Subject subject) {
    return attempts.begin(tx, subject).allowed();
  }
}
