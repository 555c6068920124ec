package org.tocsin.cases;

import java.time.Instant;
import org.tocsin.access.StaffId;

/** The latest word on one of the four checks that gate a case. */
public record EligibilityCheck(Word word, boolean met, String note, StaffId writtenBy, Instant at) {
  public enum Word {
    /** A scientist, engineer or health professional. */
    PROFESSION,
    /** A human right of theirs is violated. */
    ABUSE,
    /** It is linked to their work, or to a right they used. */
    LINK,
    /** They neither used nor advocated violence. */
    NO_VIOLENCE
  }
}
