package org.tocsin.publications;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.publications.NewsletterVault.Purpose;

/**
 * Seals what an earlier version left plain. Owns {@code publications.left_plain}. Killed and run
 * again it goes on where it ended; several nodes may do it at once.
 */
final class LeftPlainRepository {
  private static final String WORDS = "words";
  private static final String RETURNED = "returned";
  private static final String BATCH =
      "SELECT newsletter, form, content FROM publications.left_plain LIMIT 100 FOR UPDATE";
  private static final String SEAL_WORDS =
      "UPDATE publications.newsletter SET words_sealed = $2, returned_sealed = $3 WHERE id = $1";
  private static final String SEAL_PRESSED =
      """
      UPDATE publications.pressed_newsletter SET content_sealed = $3 WHERE newsletter = $1 AND form = $2
      """;
  private static final String DONE =
      "DELETE FROM publications.left_plain WHERE newsletter = $1 AND form = $2";

  private final Database database;
  private final NewsletterVault vault;

  LeftPlainRepository(Database database, NewsletterVault vault) {
    this.database = database;
    this.vault = vault;
  }

  private record Plain(long newsletter, String form, JsonObject content) {}

  void seal() {
    while (database.transaction(this::sealSome)) {
      // until nothing is left
    }
  }

  private boolean sealSome(Tx tx) {
    List<Plain> some =
        tx.list(
            BATCH,
            row ->
                new Plain(
                    row.getLong("newsletter"),
                    row.getString("form"),
                    row.getJsonObject("content")));
    for (Plain plain : some) {
      if (plain.form().equals(WORDS)) {
        JsonObject words = plain.content().copy();
        Buffer returned = vault.sealReason(String.valueOf(words.remove(RETURNED)));
        tx.run(SEAL_WORDS, plain.newsletter(), vault.seal(Purpose.WORDS, words), returned);
      } else {
        Buffer sealed = vault.seal(Purpose.PRESSED, plain.content());
        tx.run(SEAL_PRESSED, plain.newsletter(), plain.form(), sealed);
      }
      tx.run(DONE, plain.newsletter(), plain.form());
    }
    return !some.isEmpty();
  }
}
