package org.tocsin.outreach;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.officials.OfficialId;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code outreach.contact} and {@code outreach.reply}. */
final class OutreachRepository {
  private static final String ADD =
      """
      INSERT INTO outreach.contact (case_file, official, way, made_on, note_sealed, written_by, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)
      """;
  private static final String CONTACTS =
      "SELECT * FROM outreach.contact WHERE case_file = $1 ORDER BY made_on DESC, id DESC";
  private static final String ADD_REPLY =
      """
      INSERT INTO outreach.reply (contact, case_file, received_on, text_sealed, written_by, at)
      VALUES ($1, $2, $3, $4, $5, $6)
      """;
  private static final String REPLIES =
      "SELECT * FROM outreach.reply WHERE case_file = $1 ORDER BY received_on, id";

  private final OutreachVault vault;

  OutreachRepository(OutreachVault vault) {
    this.vault = vault;
  }

  void add(Tx tx, CaseId id, ContactDraft draft, StaffId by, Instant now) {
    tx.run(
        ADD,
        id.value(),
        draft.official().value(),
        draft.way().name(),
        draft.madeOn(),
        vault.seal(OutreachVault.CONTACT, draft.text()),
        by.value(),
        time(now));
  }

  /** The latest first. */
  List<Contact> contacts(Sql sql, CaseId id) {
    return sql.list(CONTACTS, this::readContact, id.value());
  }

  void addReply(
      Tx tx,
      CaseId id,
      ContactId contact,
      LocalDate received,
      String text,
      StaffId by,
      Instant now) {
    tx.run(
        ADD_REPLY,
        contact.value(),
        id.value(),
        received,
        vault.seal(OutreachVault.REPLY, text),
        by.value(),
        time(now));
  }

  /** In the order in which they came. */
  List<Reply> replies(Sql sql, CaseId id) {
    return sql.list(REPLIES, this::readReply, id.value());
  }

  private Contact readContact(Row row) {
    return new Contact(
        new ContactId(row.getLong("id")),
        new OfficialId(row.getLong("official")),
        Way.valueOf(row.getString("way")),
        row.getLocalDate("made_on"),
        vault.open(OutreachVault.CONTACT, row.getBuffer("note_sealed")),
        new StaffId(row.getLong("written_by")),
        row.getOffsetDateTime("at").toInstant());
  }

  private Reply readReply(Row row) {
    return new Reply(
        new ContactId(row.getLong("contact")),
        row.getLocalDate("received_on"),
        vault.open(OutreachVault.REPLY, row.getBuffer("text_sealed")),
        new StaffId(row.getLong("written_by")),
        row.getOffsetDateTime("at").toInstant());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
