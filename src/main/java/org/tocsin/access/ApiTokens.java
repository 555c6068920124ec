package org.tocsin.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/** Tokens with which a machine acts as one member of staff, with that person's roles or fewer. */
public final class ApiTokens {
  /** Lets secret scanners know ours. */
  public static final String PREFIX = "tocsin_";

  private static final int LONGEST_LABEL = 100;
  private static final int LONGEST_TOKEN = 100;
  private static final int LIST = 200;

  private final Database database;
  private final Staff staff;
  private final Audit audit;
  private final InstantSource clock;
  private final ApiTokenRepository tokens = new ApiTokenRepository();

  public ApiTokens(Database database, Staff staff, Audit audit, InstantSource clock) {
    this.database = database;
    this.staff = staff;
    this.audit = audit;
    this.clock = clock;
  }

  /** {@code scope} empty means all roles of the person, also those of later. */
  public record Token(
      long id, String label, Set<Role> scope, Instant created, Optional<Instant> revoked) {}

  /** Answers with the token, which is shown this once. */
  public String create(String actor, StaffMember who, String label, Set<Role> scope) {
    if (label.strip().length() > LONGEST_LABEL
        || label.codePoints().anyMatch(Character::isISOControl)) {
      throw new Invalid("label", "Use one line of at most " + LONGEST_LABEL + " characters");
    }
    if (!who.roles().containsAll(scope)) {
      throw new Invalid("scope", "A token cannot have a role that its owner does not have");
    }
    String token = PREFIX + Secrets.random();
    database.inTransaction(
        tx -> {
          if (staff.repository().lock(tx, who.id()).filter(Known::active).isEmpty()) {
            throw new NotFound("member of staff");
          }
          long id =
              tokens.insert(
                  tx, Secrets.digest(token), who.id(), label.strip(), scope, clock.instant());
          audit.record(
              tx,
              actor,
              "token.created",
              who.id().actor(),
              new JsonObject()
                  .put("token", id)
                  .put("scope", new JsonArray(List.of((Object[]) StaffRepository.words(scope)))));
        });
    return token;
  }

  /** The member of staff a token acts as; empty once it is revoked or its owner has left. */
  public Optional<StaffMember> who(String token) {
    return token.startsWith(PREFIX) && token.length() <= LONGEST_TOKEN
        ? tokens.find(database, Secrets.digest(token), staff.repository()::member)
        : Optional.empty();
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
                      tx,
                      actor,
                      "token.revoked",
                      who.actor(),
                      new JsonObject().put("token", id)));
          return owner.isPresent();
        });
  }
}
