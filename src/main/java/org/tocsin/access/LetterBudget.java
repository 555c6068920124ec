package org.tocsin.access;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.tocsin.access.Attempts.Subject;
import org.tocsin.access.Attempts.Try;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.database.Tx;

/**
 * How many letters can be caused, by whom: one rule for the desk's links, the portal's,
 * subscribers' and applicants'. Nobody's mailbox is flooded, and nobody is kept out by who tries.
 *
 * <pre>
 * browsers with the owner's mark      10 in an hour, together; no stranger can use them up
 * one network, at one address          4 in a day
 * all strangers, at one address        5 in a day
 * </pre>
 *
 * The letter that uses a strangers' budget up opens once in any browser for as long as that budget
 * may stay used up: whoever reads the mailbox always gets in. Where it was used, or is gone,
 * another takes its place.
 */
public final class LetterBudget {
  /** How long a budget can stay used up, and so how long the last letter must open. */
  public static final Duration DAY = Attempts.DAY;

  private static final int OWN = 10;
  private static final Duration OWN_WINDOW = Duration.ofHours(1);

  /** Changes of address that one person can ask for in a day, and those to one mailbox. */
  private static final int KNOWN = 5;

  private static final int TO_ANOTHER = 3;

  private static final int TO_ANOTHER_BY_ALL = 10;

  private final LookupHash lookup;
  private final Attempts attempts;
  private final int strangers;

  /**
   * @param strangers letters that strangers together can cause to one address in a day
   */
  public LetterBudget(LookupHash lookup, Attempts attempts, int strangers) {
    this.lookup = lookup;
    this.attempts = attempts;
    this.strangers = strangers;
  }

  /** What is done with a wish for a letter. */
  public enum Leave {
    /** It goes out, and what it opens opens in the browser that asked. */
    BOUND,
    /** It goes out, and opens once in any browser. */
    ANYWHERE,
    /** Nothing goes out: a letter that opens anywhere is in that mailbox. */
    NONE
  }

  /** As it is kept with a wish that waits. */
  public byte[] hash(Asker asker) {
    return lookup.of(asker.network().key());
  }

  /**
   * @param source keyed hash of the network that asked
   * @param own where the browser that asked is the owner's
   * @param open whether a letter that opens anywhere is still good
   */
  public Leave admit(
      Tx tx, EmailAddress to, byte[] source, Optional<Mark> own, BooleanSupplier open) {
    if (own.isPresent() && own(tx, own.get())) {
      return Leave.BOUND;
    }
    String address = to.lookupKey();
    Subject asker =
        new Subject(
            "letter.asker",
            HexFormat.of().formatHex(source) + " to " + address,
            Math.max(1, strangers - 1),
            DAY);
    Try ofAsker = attempts.begin(tx, asker);
    if (!ofAsker.allowed()) {
      return instead(open);
    }
    Try ofAll = attempts.begin(tx, all(address));
    if (!ofAll.allowed()) {
      attempts.forgive(tx, ofAsker);
      return instead(open);
    }
    return ofAsker.last() || ofAll.last() ? Leave.ANYWHERE : Leave.BOUND;
  }

  private Subject all(String address) {
    return new Subject("letter.address", address, strangers, DAY);
  }

  private static Leave instead(BooleanSupplier open) {
    return open.getAsBoolean() ? Leave.NONE : Leave.ANYWHERE;
  }

  private boolean own(Tx tx, Mark mark) {
    return attempts.begin(tx, new Subject("letter.own", mark.budget(), OWN, OWN_WINDOW)).allowed();
  }

  /**
   * For somebody who came in and says that another mailbox is theirs too; the budget is their own.
   *
   * @param who e.g. {@code "member:7"}
   */
  public boolean admitKnown(Tx tx, String who, EmailAddress to) {
    String both = who + " to " + to.lookupKey();
    return attempts.begin(tx, new Subject("letter.known", who, KNOWN, DAY)).allowed()
        && attempts.begin(tx, new Subject("letter.another", both, TO_ANOTHER, DAY)).allowed();
  }

  /** Of all who came in together, to a mailbox that is not theirs yet. */
  public boolean admitTo(Tx tx, EmailAddress to) {
    return attempts
        .begin(tx, new Subject("letter.another.all", to.lookupKey(), TO_ANOTHER_BY_ALL, DAY))
        .allowed();
  }

  /** True once a day: for a door that has no other way to know that its last letter is out. */
  public boolean reserve(Tx tx, Door door, EmailAddress to) {
    return attempts
        .begin(tx, new Subject("letter.reserve." + door, to.lookupKey(), 1, DAY))
        .allowed();
  }

  /** With everything else of somebody who is erased. */
  public void forget(Tx tx, EmailAddress address) {
    attempts.forgiveAll(tx, all(address.lookupKey()));
    for (Door door : Door.values()) {
      attempts.forgiveAll(tx, new Subject("letter.reserve." + door, address.lookupKey(), 1, DAY));
    }
  }
}
