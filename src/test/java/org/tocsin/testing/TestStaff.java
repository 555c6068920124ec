package org.tocsin.testing;

import io.vertx.core.buffer.Buffer;
import org.tocsin.access.StaffId;

/** Members of staff who need nothing but a number. */
public final class TestStaff {
  private static final String INSERT =
      """
      INSERT INTO access.staff (email_hash, email_sealed, name_sealed, roles, created_at)
      VALUES ($1, $1, $1, ARRAY['newsletter_editor'], clock_timestamp()) RETURNING id
      """;

  private TestStaff() {}

  public static StaffId add(TestHub hub, String name) {
    return hub.hub.get(INSERT, row -> new StaffId(row.getLong("id")), Buffer.buffer(name));
  }
}
