package org.tocsin.broadcasts;

import java.time.Duration;
import org.tocsin.platform.database.Sql;

/**
 * Owns {@code engine.bucket}: places in time that all nodes draw from, one after the other.
 * Courier's role.
 */
final class BucketRepository {
  /** $2 seconds of all that are drawn. They begin where those of the others end. */
  private static final String DRAW =
      """
      INSERT INTO engine.bucket AS b (name, drawn) VALUES ($1, clock_timestamp() + make_interval(secs => $2::float8))
      ON CONFLICT (name) DO UPDATE SET drawn = greatest(b.drawn, clock_timestamp()) + make_interval(secs => $2::float8)
      RETURNING greatest(0, extract(epoch FROM drawn - clock_timestamp())::float8 - $2::float8) AS seconds
      """;

  /** How long until the first of so many places. */
  Duration draw(Sql courier, String bucket, int places, double perSecond) {
    return courier.get(
        DRAW,
        row -> Duration.ofNanos((long) (row.getDouble("seconds") * 1e9)),
        bucket,
        places / perSecond);
  }
}
