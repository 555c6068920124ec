package org.tocsin.publications;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.Sql;
import org.tocsin.publications.NewsletterVault.Purpose;

/** Owns {@code publications.sketch}. */
final class SketchRepository {
  private static final String KEEP =
      """
      INSERT INTO publications.sketch (staff, draft_sealed, at) VALUES ($1, $2, $3)
      ON CONFLICT (staff) DO UPDATE SET draft_sealed = excluded.draft_sealed, at = excluded.at
      """;
  private static final String FIND =
      "SELECT draft_sealed FROM publications.sketch WHERE staff = $1";
  private static final String FORGET =
      "DELETE FROM publications.sketch WHERE staff = $1 OR at < $2";

  private final NewsletterVault vault;

  SketchRepository(NewsletterVault vault) {
    this.vault = vault;
  }

  void keep(Sql sql, StaffId staff, Draft draft, Instant now) {
    sql.run(
        KEEP,
        staff.value(),
        vault.seal(
            Purpose.SKETCH,
            new JsonObject()
                .put("month", draft.month())
                .put("subject", draft.subject())
                .put("preheader", draft.preheader())
                .put("markdown", draft.markdown())
                .put("topics", new JsonArray(draft.topics()))),
        now.atOffset(ZoneOffset.UTC));
  }

  Optional<Draft> find(Sql sql, StaffId staff) {
    return sql.find(
        FIND,
        row -> draft(vault.open(Purpose.SKETCH, row.getBuffer("draft_sealed"))),
        staff.value());
  }

  private static Draft draft(JsonObject kept) {
    return new Draft(
        kept.getString("month"),
        kept.getString("subject"),
        kept.getString("preheader"),
        kept.getString("markdown"),
        kept.getJsonArray("topics").stream().map(String::valueOf).toList());
  }

  void forget(Sql sql, StaffId staff, Instant olderThan) {
    sql.run(FORGET, staff.value(), olderThan.atOffset(ZoneOffset.UTC));
  }
}
