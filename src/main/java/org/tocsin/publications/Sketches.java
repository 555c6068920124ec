package org.tocsin.publications;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;

/**
 * What an editor is just writing and has not saved: kept for the live preview, whose frames are
 * fetched from an address of their own, from whichever node answers.
 */
public final class Sketches {
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  private final Database database;
  private final InstantSource clock;
  private final SketchRepository sketches;

  public Sketches(Database database, Sealer sealer, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.sketches = new SketchRepository(new NewsletterVault(sealer));
  }

  public void keep(StaffId staff, Draft draft) {
    sketches.keep(database, staff, draft, clock.instant());
  }

  public Optional<Draft> find(StaffId staff) {
    return sketches.find(database, staff);
  }

  /** After saving; also sweeps out what others left lying for a day. */
  public void forget(StaffId staff) {
    sketches.forget(database, staff, clock.instant().minus(KEPT_FOR));
  }
}
