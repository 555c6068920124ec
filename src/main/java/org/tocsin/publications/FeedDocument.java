package org.tocsin.publications;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.release.ContentHash;

/**
 * A feed as it is served.
 *
 * @param updated the last change that a reader could see; none in an empty archive
 */
public record FeedDocument(String mediaType, String body, Optional<Instant> updated) {
  /** Of its bytes, so equal on every node and whenever it is asked. */
  public ContentHash mark() {
    return new ContentHash.Canon("feed").field("body", body).hash();
  }
}
