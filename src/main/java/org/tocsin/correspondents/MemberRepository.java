package org.tocsin.correspondents;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;

/** Owns {@code members.member}, one member at a time. Who was erased is not found any more. */
final class MemberRepository {
  private static final String BY_ID =
      "SELECT * FROM members.member WHERE id = $1 AND erased_at IS NULL";
  private static final String LOCK =
      "SELECT * FROM members.member WHERE id = $1 AND erased_at IS NULL FOR NO KEY UPDATE";
  private static final String BY_ADDRESS =
      """
      SELECT * FROM members.member WHERE address_hash = ANY($1) ORDER BY (state = 'ENDED'), id DESC LIMIT 1
      """;
  private static final String PAGE =
      """
      SELECT * FROM members.member WHERE id < $1 AND erased_at IS NULL AND ($2 = '' OR audience = $2) AND ($3 = '' OR state = $3)
        AND (NOT $4 OR (state <> 'ENDED' AND checked_at <= $5))
      ORDER BY id DESC LIMIT $6
      """;
  private static final String COUNT =
      """
      SELECT audience, state, count(*) AS n, count(*) FILTER (WHERE state <> 'ENDED' AND checked_at <= $1) AS due
      FROM members.member WHERE erased_at IS NULL GROUP BY audience, state
      """;
  private static final String INSERT =
      """
      INSERT INTO members.member (audience, state, name_sealed, address_sealed, address_hash, domain_hash,
        language, areas, roster, since, checked_at, refused_sealed)
      VALUES ($1, 'ACTIVE', $2, $3, $4, $5, $6, $7, $8, $9, $9, $10) RETURNING id
      """;
  private static final String SET_STATE =
      "UPDATE members.member SET state = $2, ended_at = $3 WHERE id = $1";
  private static final String CHECKED = "UPDATE members.member SET checked_at = $2 WHERE id = $1";
  private static final String SET_WISHES =
      """
      UPDATE members.member SET frequency = $2, refused_sealed = $3, travel_until = $4, language = $5 WHERE id = $1
      """;

  private static final String SET_ADDRESS =
      """
      UPDATE members.member SET address_sealed = $2, address_hash = $3, domain_hash = $4 WHERE id = $1
      """;

  /** "en" and the first frequency are what stands where nobody wishes anything. */
  private static final String ERASE =
      """
      UPDATE members.member SET state = 'ENDED', ended_at = coalesce(ended_at, $2), erased_at = $2, name_sealed = NULL,
        address_sealed = NULL, address_hash = NULL, domain_hash = NULL, refused_sealed = NULL, roster = NULL,
        areas = '{}', language = 'en', frequency = 'IMMEDIATE', travel_until = NULL
      WHERE id = $1
      """;

  private static final String SET_AREAS = "UPDATE members.member SET areas = $2 WHERE id = $1";

  private final MemberVault vault;

  MemberRepository(MemberVault vault) {
    this.vault = vault;
  }

  Optional<Member> find(Sql sql, MemberId id) {
    return sql.find(BY_ID, this::member, id.value());
  }

  Optional<Member> lock(Tx tx, MemberId id) {
    return tx.find(LOCK, this::member, id.value());
  }

  /** The open membership of an address, else the last that ended. */
  Optional<Member> find(Sql sql, EmailAddress address) {
    return sql.find(BY_ADDRESS, this::member, (Object) vault.hashes(address));
  }

  /** Newest first. An empty circle or state means any. */
  List<Member> page(
      Sql sql, long before, String circle, String state, boolean due, Instant dueBy, int limit) {
    return sql.list(PAGE, this::member, before, circle, state, due, Columns.time(dueBy), limit);
  }

  List<Tally> tally(Sql sql, Instant dueBy) {
    return sql.list(
        COUNT,
        row ->
            new Tally(
                Circle.of(row.getString("audience")).orElseThrow(),
                MemberState.valueOf(row.getString("state")),
                row.getLong("n"),
                row.getLong("due")),
        Columns.time(dueBy));
  }

  MemberId insert(Tx tx, NewMember fresh, Instant now) {
    @Nullable Long roster = fresh.roster().orElse(null);
    return tx.get(
        INSERT,
        row -> new MemberId(row.getLong("id")),
        fresh.circle().word(),
        vault.sealName(fresh.name()),
        vault.seal(fresh.address()),
        vault.hash(fresh.address()),
        vault.hash(fresh.address().domain()),
        fresh.language(),
        fresh.areas().toArray(String[]::new),
        roster,
        Columns.time(now),
        vault.sealRefused(Wishes.NONE.refused()));
  }

  void setState(Tx tx, MemberId id, MemberState state, Instant now) {
    tx.run(
        SET_STATE, id.value(), state.name(), state == MemberState.ENDED ? Columns.time(now) : null);
  }

  void checked(Tx tx, MemberId id, Instant now) {
    tx.run(CHECKED, id.value(), Columns.time(now));
  }

  void setWishes(Tx tx, MemberId id, Wishes wishes, String language) {
    tx.run(
        SET_WISHES,
        id.value(),
        wishes.frequency().name(),
        vault.sealRefused(wishes.refused()),
        wishes.travelUntil().map(Columns::time).orElse(null),
        language);
  }

  void setAddress(Tx tx, MemberId id, EmailAddress address) {
    tx.run(
        SET_ADDRESS,
        id.value(),
        vault.seal(address),
        vault.hash(address),
        vault.hash(address.domain()));
  }

  void erase(Tx tx, MemberId id, Instant now) {
    tx.run(ERASE, id.value(), Columns.time(now));
  }

  void setAreas(Tx tx, MemberId id, List<String> areas) {
    tx.run(SET_AREAS, id.value(), areas.toArray(String[]::new));
  }

  Member member(Row row) {
    return new Member(
        new MemberId(row.getLong("id")),
        Circle.of(row.getString("audience")).orElseThrow(),
        MemberState.valueOf(row.getString("state")),
        vault.openName(row.getBuffer("name_sealed")),
        vault.openAddress(row.getBuffer("address_sealed")),
        row.getString("language"),
        List.of(row.getArrayOfStrings("areas")),
        Optional.ofNullable(row.getLong("roster")),
        row.getOffsetDateTime("since").toInstant(),
        row.getOffsetDateTime("checked_at").toInstant(),
        Columns.instant(row.getOffsetDateTime("ended_at")),
        new Wishes(
            Wishes.Frequency.valueOf(row.getString("frequency")),
            vault.openRefused(row.getBuffer("refused_sealed")),
            Columns.instant(row.getOffsetDateTime("travel_until"))));
  }
}
