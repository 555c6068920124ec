package org.tocsin.broadcasts;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be sent, to whom, by which channel.
 *
 * @param release the release that two people made; none for transactional mail and replays, which
 *     the database allows in lanes 1 and 3, and for a stop, which it allows only to whom a release
 *     reached before
 * @param kind one word: "newsletter", "confirmation"
 * @param title for the staff's lists; public words only
 * @param content by language, in the channel's own form; what is here is sent byte for byte
 */
public record BroadcastOrder(
    Optional<Long> release,
    String channel,
    Lane lane,
    String kind,
    String title,
    String audience,
    JsonObject selection,
    Map<String, JsonObject> content,
    InDoubtPolicy inDoubt,
    Instant notBefore,
    Instant expiresAt) {

  /**
   * What a crash leaves in doubt is sent again with the same id, or listed for a person to decide.
   */
  public enum InDoubtPolicy {
    RESEND,
    LIST
  }
}
