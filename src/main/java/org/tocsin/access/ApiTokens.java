package org.tocsin.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.ApiTokenRepository.Working;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * Tokens with which a machine acts as one member of staff: never with more verbs than its scope
 * lists, never with more than its owner's roles allow at that moment, and not for ever.
 */
public final class ApiTokens {
  /** Lets secret scanners know ours. */
  public static final String PREFIX = "tocsin_";

  /** How long a token works where nothing else is asked for. */
  public static final int DAYS = 90;

  public static final int MOST_DAYS = 366;

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TOKEN = 100;
  private static final int LIST = 200;

  /** A busy token writes down its use once in this time. */
  private static final Duration USE = Duration.ofMinutes(1);

  private final Database database;
  private final Staff staff;
  private final TokenPost post;
  private final Audit audit;
  private final InstantSource clock;
  private final ApiTokenRepository tokens = new ApiTokenRepository();

  public ApiTokens(
      Database database, Staff staff, TokenPost post, Audit audit, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.post = post;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param scope empty means all that the person may, also what they may later
   * @param lastUsed to the minute
   */
  public record Token(
      long id,
      String name,
      TokenScope scope,
      Instant created,
      Instant expires,
      Optional<Instant> lastUsed,
      Optional<Instant> revoked) {
    public boolean ended(Instant now) {
      return revoked.isPresent() || !now.isBefore(expires);
    }
  }

  /** One for as long as tokens work. */
  public String create(String actor, StaffMember who, String name, Set<Role> scope) {
    return create(actor, who, name, TokenScope.of(scope.toArray(Role[]::new)), DAYS);
  }

  /** Answers with the token, which is shown this once; its owner is told by mail that it is. */
  public String create(String actor, StaffMember who, String name, TokenScope scope, int days) {
    check(who, name, scope, days);
    String token = PREFIX + Secrets.random();
    database.inTransaction(
        tx -> {
          if (staff.repository().lock(tx, who.id()).filter(Known::active).isEmpty()) {
            throw new NotFound("member of staff");
          }
          Instant now = clock.instant();
          Token made =
              tokens.insert(
                  tx,
                  Secrets.digest(token),
                  who.id(),
                  name.strip(),
                  scope,
                  now,
                  now.plus(Duration.ofDays(days)));
          post.made(tx, who, made);
          audit.record(
              tx,
              actor,
              "token.created",
              who.id().actor(),
              new JsonObject()
                  .put("token", made.id())
                  .put("scope", new JsonArray(scope.sorted()))
                  .put("days", days));
        });
    return token;
  }

  private static void check(StaffMember who, String name, TokenScope scope, int days) {
    if (name.strip().length() > LONGEST_NAME
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new Invalid("name", "Use one line of at most " + LONGEST_NAME + " characters");
    }
    scope.requireWithin(who.roles());
    if (days < 1 || days > MOST_DAYS) {
      throw new Invalid("days", "Choose from 1 to " + MOST_DAYS + " days");
    }
  }

  /**
   * The member of staff a token acts as, with the verbs it lends; empty once it is revoked, its
   * time has ended or its owner has left.
   */
  public Optional<StaffMember> who(String token) {
    if (!looksLikeOne(token)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Working> found =
        tokens.find(database, Secrets.digest(token), now, staff.repository()::member);
    found
        .filter(one -> one.lastUsed().map(at -> !now.isBefore(at.plus(USE))).orElse(true))
        .ifPresent(one -> tokens.used(database, one.token(), now));
    return found.map(Working::acts);
  }

  /** Whether it is nobody's only because its time has ended: whoever holds it may know. */
  public boolean expired(String token) {
    return looksLikeOne(token) && tokens.expired(database, Secrets.digest(token), clock.instant());
  }

  private static boolean looksLikeOne(String token) {
    return token.startsWith(PREFIX) && token.length() <= LONGEST_TOKEN;
  }

  /** For a demonstration, whose tokens are in a file: false where it no longer works. */
  public boolean renew(String token) {
    Instant now = clock.instant();
    return who(token).isPresent()
        && tokens.renew(database, Secrets.digest(token), now, now.plus(Duration.ofDays(DAYS)));
  }

  /** Newest first, revoked ones too. */
  public List<Token> list(StaffId who) {
    return tokens.list(database, who, LIST);
  }

  public Optional<Long> findId(String token) {
    return tokens.findId(database, Secrets.digest(token));
  }

  /** Works from the next request on. False where there was nothing left to revoke. */
  public boolean revoke(String actor, long id) {
    return database.transaction(
        tx -> {
          Optional<StaffId> owner = tokens.revoke(tx, id, clock.instant());
          owner.ifPresent(
              who ->
                  audit.record(
                      tx, actor, "token.revoked", who.actor(), new JsonObject().put("token", id)));
          return owner.isPresent();
        });
  }
}
