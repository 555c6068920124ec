package org.tocsin.testing;

import io.vertx.core.buffer.Buffer;
import org.tocsin.access.StaffId;

/** Members of staff who need nothing but a number. */
public final class TestStaff {
  private static final String INSERT =
      """
      INSERT INTO access.staff (email_hash, email_sealed, name_sealed, roles, created_at)
      VALUES ($1, $2, $3, ARRAY['newsletter_editor'], clock_timestamp()) RETURNING id
      """;

  private TestStaff() {}

  public static StaffId add(TestHub hub, String name) {
    String email = name + "@staff.example";
    return hub.hub.get(
        INSERT,
        row -> new StaffId(row.getLong("id")),
        Buffer.buffer(hub.keyring.lookup().of(email)),
        Buffer.buffer(hub.keyring.sealer().seal("staff.email", email)),
        Buffer.buffer(hub.keyring.sealer().seal("staff.name", name)));
  }
}
