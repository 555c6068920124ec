package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.application}. */
final class ApplicationRepository {
  private static final String BY_ID = "SELECT * FROM members.application WHERE id = $1";
  private static final String LOCK =
      "SELECT * FROM members.application WHERE id = $1 FOR NO KEY UPDATE";
  private static final String LOCK_OPEN =
      """
      SELECT * FROM members.application WHERE address_hash = ANY($1) AND state NOT IN ('ACCEPTED', 'REFUSED')
      FOR NO KEY UPDATE
      """;
  private static final String BY_LETTER =
      """
      SELECT a.*, l.form_sealed FROM members.application_letter l JOIN members.application a ON a.id = l.application
      WHERE l.digest = $1 AND l.at > $2
      """;
  private static final String INSERT_LETTER =
      "INSERT INTO members.application_letter (digest, application, form_sealed, at) VALUES ($1,"
          + " $2, $3, $4)";
  private static final String DELETE_LETTERS =
      "DELETE FROM members.application_letter WHERE application = $1";
  private static final String BY_VOUCH =
      "SELECT * FROM members.application WHERE vouch_digest = $1";
  private static final String PROVEN =
      "SELECT id FROM members.application WHERE state = 'EMAIL_PROVEN' ORDER BY id LIMIT 1";
  private static final String ENTRY_TAKEN =
      """
      SELECT EXISTS (SELECT FROM members.application WHERE roster = $1 AND state IN ('ROSTER_MATCHED', 'VERIFIED'))
        OR EXISTS (SELECT FROM members.member WHERE roster = $1 AND state <> 'ENDED') AS taken
      """;
  private static final String PAGE =
      """
      SELECT * FROM members.application WHERE id < $1 AND state = ANY($2) ORDER BY id DESC LIMIT $3
      """;
  private static final String COUNT =
      "SELECT count(*) AS n FROM members.application WHERE state = ANY($1)";
  private static final String INSERT =
      """
      INSERT INTO members.application (state, academy, name_sealed, address_sealed, address_hash, language,
        applied_at, changed_at)
      VALUES ('APPLIED', $1, $2, $3, $4, $5, $6, $6) RETURNING id
      """;
  private static final String AGAIN =
      "UPDATE members.application SET applied_at = $2, changed_at = $2 WHERE id = $1";
  private static final String PROVE =
      """
      UPDATE members.application SET state = 'EMAIL_PROVEN', academy = $2, name_sealed = $3, language = $4,
        changed_at = $5
      WHERE id = $1
      """;
  private static final String MOVE =
      """
      UPDATE members.application SET state = $2, reason = $3, roster = coalesce($4, roster), vouch_digest = $5,
        changed_at = $6
      WHERE id = $1
      """;
  private static final String DELETE_UNPROVEN =
      "DELETE FROM members.application WHERE state = 'APPLIED' AND applied_at <= $1";
  private static final String DELETE_CLOSED =
      "DELETE FROM members.application WHERE state IN ('ACCEPTED', 'REFUSED') AND changed_at <= $1";

  private static final String FORGET =
      """
      DELETE FROM members.application WHERE address_hash = ANY($1) OR (roster = $2 AND state = 'ACCEPTED')
      """;

  private final MemberVault vault;

  ApplicationRepository(MemberVault vault) {
    this.vault = vault;
  }

  Optional<Application> find(Sql sql, ApplicationId id) {
    return sql.find(BY_ID, this::application, id.value());
  }

  Optional<Application> lock(Tx tx, ApplicationId id) {
    return tx.find(LOCK, this::application, id.value());
  }

  Optional<Application> lockOpen(Tx tx, EmailAddress address) {
    return tx.find(LOCK_OPEN, this::application, (Object) vault.hashes(address));
  }

  /** An application and what its letter stands for. */
  record Asked(Application application, ApplicationForm form) {}

  /** By a letter of after that moment. */
  Optional<Asked> byLetter(Sql sql, byte[] digest, Instant after) {
    return sql.find(
        BY_LETTER,
        row -> {
          Application application = application(row);
          return new Asked(
              application,
              Optional.ofNullable(row.getBuffer("form_sealed"))
                  .map(closed -> ApplicationForm.fromText(vault.openRequest(closed)))
                  .orElseGet(application::form));
        },
        Buffer.buffer(digest),
        Columns.time(after));
  }

  void insertLetter(Tx tx, byte[] digest, ApplicationId id, ApplicationForm form, Instant now) {
    tx.run(
        INSERT_LETTER,
        Buffer.buffer(digest),
        id.value(),
        vault.sealRequest(form.toText()),
        Columns.time(now));
  }

  Optional<Application> byVouch(Sql sql, byte[] digest) {
    return sql.find(BY_VOUCH, this::application, Buffer.buffer(digest));
  }

  Optional<ApplicationId> nextProven(Sql sql) {
    return sql.find(PROVEN, row -> new ApplicationId(row.getLong("id")));
  }

  boolean taken(Tx tx, long roster) {
    return tx.get(ENTRY_TAKEN, row -> row.getBoolean("taken"), roster);
  }

  List<Application> page(Sql sql, long before, List<Application.State> states, int limit) {
    return sql.list(PAGE, this::application, before, names(states), limit);
  }

  long count(Sql sql, List<Application.State> states) {
    return sql.get(COUNT, row -> row.getLong("n"), (Object) names(states));
  }

  /** All that was asked from this member's address, and what made them one. */
  void forget(Tx tx, Member member) {
    tx.run(FORGET, vault.hashes(member.address()), member.roster().orElse(null));
  }

  ApplicationId insert(Tx tx, ApplicationForm form, Instant now) {
    return tx.get(
        INSERT,
        row -> new ApplicationId(row.getLong("id")),
        form.academy().name(),
        vault.sealName(form.name()),
        vault.seal(form.address()),
        vault.hash(form.address()),
        form.language(),
        Columns.time(now));
  }

  /** Another letter: it waits on. */
  void again(Tx tx, ApplicationId id, Instant now) {
    tx.run(AGAIN, id.value(), Columns.time(now));
  }

  /** As the reader of the letter says it is; the other letters are over. */
  void prove(Tx tx, ApplicationId id, ApplicationForm form, Instant now) {
    tx.run(
        PROVE,
        id.value(),
        form.academy().name(),
        vault.sealName(form.name()),
        form.language(),
        Columns.time(now));
    tx.run(DELETE_LETTERS, id.value());
  }

  void move(Tx tx, ApplicationId id, Application.State state, Instant now) {
    move(tx, id, state, null, null, null, now);
  }

  void stop(Tx tx, ApplicationId id, Application.State state, Application.Reason why, Instant now) {
    move(tx, id, state, why, null, null, now);
  }

  void matched(Tx tx, ApplicationId id, long roster, byte[] vouch, Instant now) {
    move(tx, id, Application.State.ROSTER_MATCHED, null, roster, vouch, now);
  }

  private static void move(
      Tx tx,
      ApplicationId id,
      Application.State state,
      Application.@Nullable Reason reason,
      @Nullable Long roster,
      byte @Nullable [] vouch,
      Instant now) {
    tx.run(
        MOVE,
        id.value(),
        state.name(),
        reason == null ? null : reason.name(),
        roster,
        vouch == null ? null : Buffer.buffer(vouch),
        Columns.time(now));
    tx.run(DELETE_LETTERS, id.value());
  }

  int deleteUnproven(Sql sql, Instant before) {
    return sql.run(DELETE_UNPROVEN, Columns.time(before));
  }

  int deleteClosed(Sql sql, Instant before) {
    return sql.run(DELETE_CLOSED, Columns.time(before));
  }

  private static String[] names(List<Application.State> states) {
    return states.stream().map(Enum::name).toArray(String[]::new);
  }

  private Application application(Row row) {
    return new Application(
        new ApplicationId(row.getLong("id")),
        Application.State.valueOf(row.getString("state")),
        Academy.valueOf(row.getString("academy")),
        vault.openName(row.getBuffer("name_sealed")),
        vault.openAddress(row.getBuffer("address_sealed")),
        row.getString("language"),
        Optional.ofNullable(row.getLong("roster")),
        Optional.ofNullable(row.getString("reason")).map(Application.Reason::valueOf),
        row.getOffsetDateTime("applied_at").toInstant(),
        row.getOffsetDateTime("changed_at").toInstant());
  }
}
