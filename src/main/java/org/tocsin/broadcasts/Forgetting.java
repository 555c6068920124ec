package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.tocsin.broadcasts.ForgettingRepository.Held;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/**
 * Wipes what the engine holds of a person who is erased. The ledgers stay: they count, and name
 * nobody.
 */
public final class Forgetting {
  private final Sealer sealer;
  private final ForgettingRepository held = new ForgettingRepository();

  public Forgetting(Sealer sealer) {
    this.sealer = sealer;
  }

  /** Nobody writes to this address again; of it only the keyed hash is kept. */
  public void suppress(Tx tx, byte[] addressHash, Instant now) {
    held.suppress(tx, addressHash, now);
  }

  /**
   * Empties the letters of these kinds that are theirs; one that waits is not sent any more.
   *
   * @param theirs of a letter's holes, {@code to} among them
   */
  public void letters(Tx tx, List<String> kinds, Predicate<Map<String, String>> theirs) {
    held.letters(tx, DirectMail.NAME, kinds).stream()
        .filter(letter -> theirs.test(Broadcasts.openHoles(sealer, letter.holes().getBytes())))
        .map(Held::broadcast)
        .forEach(broadcast -> held.empty(tx, broadcast));
  }

  /**
   * Empties letters to single persons that ended 30 days ago: whom they were for is kept no longer
   * than somebody may ask where a letter is.
   *
   * @return how many; a thousand means that there may be more
   */
  public int endedLetters(Sql hub) {
    return held.emptyEnded(hub, DirectMail.NAME);
  }

  /** What mail servers answered about them: servers echo addresses. */
  public void answers(Tx tx, String audience, long target) {
    held.wipeAnswers(tx, audience, target);
  }
}
