package org.tocsin.publications;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;

/** Seals what an issue says until it is public, and why it was returned. */
final class NewsletterVault {
  static final List<SealedTable> SEALED_TABLES =
      List.of(
          new SealedTable(
              "publications.newsletter",
              List.of(
                  new Sealed("words_sealed", Purpose.WORDS.text),
                  new Sealed("returned_sealed", Purpose.RETURNED.text)),
              List.of()),
          new SealedTable(
              "publications.pressed_newsletter",
              List.of(new Sealed("content_sealed", Purpose.PRESSED.text)),
              List.of()),
          new SealedTable(
              "publications.sketch",
              List.of(new Sealed("draft_sealed", Purpose.SKETCH.text)),
              List.of()),
          new SealedTable(
              "publications.submission",
              List.of(new Sealed("words_sealed", Purpose.SUBMITTED.text)),
              List.of()));

  /** What is sealed for one purpose opens for no other. */
  enum Purpose {
    WORDS("newsletter.words"),
    RETURNED("newsletter.returned"),
    PRESSED("newsletter.pressed"),
    SKETCH("newsletter.sketch"),
    SUBMITTED("newsletter.submitted");

    private final String text;

    Purpose(String text) {
      this.text = text;
    }
  }

  private final Sealer sealer;

  NewsletterVault(Sealer sealer) {
    this.sealer = sealer;
  }

  Buffer seal(Purpose purpose, JsonObject words) {
    return sealText(purpose, words.encode());
  }

  JsonObject open(Purpose purpose, Buffer sealed) {
    return new JsonObject(openText(purpose, sealed));
  }

  Buffer sealText(Purpose purpose, String words) {
    return Buffer.buffer(sealer.seal(purpose.text, words));
  }

  String openText(Purpose purpose, Buffer sealed) {
    return sealer.open(purpose.text, sealed.getBytes());
  }

  /** Nothing, where there is nothing to be said. */
  @Nullable Buffer sealReason(String reason) {
    return reason.isEmpty() ? null : sealText(Purpose.RETURNED, reason);
  }

  String openReason(@Nullable Buffer sealed) {
    return Optional.ofNullable(sealed).map(kept -> openText(Purpose.RETURNED, kept)).orElse("");
  }
}
