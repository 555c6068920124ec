package org.tocsin.web.portal;

import java.util.Optional;
import org.tocsin.alerts.Reading;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.release.ReleaseOrder.Mode;

/** Whether what a member reads is real. */
final class Practice {
  private Practice() {}

  /**
   * The mode of what is not. A stopped or held chain shows no message to ask; but who practises is
   * sent nothing else.
   */
  static Optional<Mode> of(Member member, Reading reading) {
    Mode silent = member.circle() == Circle.DRILL ? Mode.EXERCISE : Mode.ACTUAL;
    return Optional.of(reading.latest().map(latest -> latest.message().mode()).orElse(silent))
        .filter(mode -> mode != Mode.ACTUAL);
  }
}
