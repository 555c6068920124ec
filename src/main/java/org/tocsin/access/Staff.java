package org.tocsin.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/** Who works here: joins, changes roles, leaves. Every change is in the audit, by number. */
public final class Staff {
  public static final int LONGEST_NAME = 100;
  public static final int LONGEST_EMAIL = 254;

  /** Far more than any committee has; a page shows them all. */
  private static final int LIST = 1_000;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final StaffRepository staff;
  private final Sessions sessions;
  private final SignInLinkRepository links = new SignInLinkRepository();
  private final ApiTokenRepository tokens = new ApiTokenRepository();

  public Staff(
      Database database, Sealer sealer, LookupHash lookup, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.staff = new StaffRepository(sealer, lookup);
    this.sessions = new Sessions(database, staff, clock);
  }

  /** What here depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return List.of(
        StaffRepository.SEALED_TABLE, SignInLinks.SEALED_TABLE, Idempotency.SEALED_TABLE);
  }

  /** Somebody who works here, or did. */
  public record Entry(StaffMember member, Instant since, Optional<Instant> ended) {}

  /**
   * Lets somebody in. Who comes back keeps the old number, so that two-person rules know them
   * again.
   *
   * @param actor who does it, as the audit names them
   */
  public StaffMember add(String actor, String email, String name, Set<Role> roles) {
    String address = valid(email, name, roles);
    try {
      return database.transaction(tx -> add(tx, actor, address, name.strip(), Set.copyOf(roles)));
    } catch (ConstraintViolated broken) {
      throw broken.constraint().equals("one_staff_an_address") ? already() : broken;
    }
  }

  private static String valid(String email, String name, Set<Role> roles) {
    List<Field> problems = new ArrayList<>();
    Optional<String> address = EmailAddress.normalise(email);
    if (name.isBlank()) {
      problems.add(new Field("name", "Enter a name"));
    } else if (name.strip().length() > LONGEST_NAME) {
      problems.add(new Field("name", "Use at most " + LONGEST_NAME + " characters"));
    } else if (name.codePoints().anyMatch(Character::isISOControl)) {
      problems.add(new Field("name", "Use one line without control characters"));
    }
    if (address.isEmpty()) {
      problems.add(new Field("email", "Enter an e-mail address, like name@example.org"));
    }
    if (roles.isEmpty()) {
      problems.add(noRole());
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return address.orElseThrow();
  }

  private StaffMember add(Tx tx, String actor, String address, String name, Set<Role> roles) {
    Optional<Known> known = staff.lockAddress(tx, address);
    if (known.filter(Known::active).isPresent()) {
      throw already();
    }
    StaffId id =
        known
            .map(ended -> ended.member().id())
            .orElseGet(() -> staff.insert(tx, address, name, roles, clock.instant()));
    if (known.isPresent()) {
      staff.reinstate(tx, id, address, name, roles);
    }
    audit.record(
        tx,
        actor,
        known.isPresent() ? "staff.reinstated" : "staff.added",
        id.actor(),
        new JsonObject().put("roles", words(roles)));
    return new StaffMember(id, address, name, roles, false);
  }

  /** Empty for nobody and for whoever has left. */
  public Optional<StaffMember> find(StaffId id) {
    return staff.find(database, id).filter(Known::active).map(Known::member);
  }

  public StaffMember get(StaffId id) {
    return find(id).orElseThrow(() -> new NotFound("member of staff"));
  }

  /** By any spelling of the address; empty for nobody and for whoever has left. */
  public Optional<StaffMember> findByEmail(String email) {
    return EmailAddress.normalise(email)
        .flatMap(address -> staff.findByAddress(database, address))
        .filter(Known::active)
        .map(Known::member);
  }

  /** All who work here, then all who did. */
  public List<Entry> list() {
    return staff.list(database, LIST);
  }

  /** What everybody is called who works here or did. */
  public Map<StaffId, String> names() {
    return list().stream()
        .map(Entry::member)
        .collect(Collectors.toMap(StaffMember::id, StaffMember::name));
  }

  public void changeRoles(String actor, StaffId who, Set<Role> roles) {
    if (roles.isEmpty()) {
      throw new Invalid(List.of(noRole()));
    }
    notOneself(actor, who);
    database.inTransaction(
        tx -> {
          Known known = lock(tx, who, roles.contains(Role.SECURITY_ADMIN));
          if (!known.member().roles().equals(roles)) {
            staff.setRoles(tx, who, roles);
            audit.record(
                tx,
                actor,
                "staff.roles_changed",
                who.actor(),
                new JsonObject()
                    .put("from", words(known.member().roles()))
                    .put("to", words(roles)));
          }
        });
  }

  /** Sessions, links and tokens end in the same moment. */
  public void end(String actor, StaffId who) {
    notOneself(actor, who);
    database.inTransaction(
        tx -> {
          lock(tx, who, false);
          staff.end(tx, who, clock.instant());
          int sessionsEnded = sessions.endAll(tx, who);
          links.voidAll(tx, who);
          int tokensRevoked = tokens.revokeAll(tx, who, clock.instant());
          audit.record(
              tx,
              actor,
              "staff.ended",
              who.actor(),
              new JsonObject().put("sessions", sessionsEnded).put("tokens", tokensRevoked));
        });
  }

  /** For the command line and the demo; a person's own change is {@link SignIn#changePassword}. */
  public void setPassword(String actor, StaffMember who, String password) {
    Password.check("password", password, who.email());
    String hash = PasswordWork.hash(password);
    database.inTransaction(
        tx -> {
          int ended = replacePassword(tx, who.id(), hash);
          audit.record(
              tx,
              actor,
              "staff.password_set",
              who.id().actor(),
              new JsonObject().put("sessions", ended));
        });
  }

  /** What the old password had opened is closed with it; says how many sessions that were. */
  int replacePassword(Tx tx, StaffId who, String hash) {
    if (!staff.setPassword(tx, who, hash)) {
      throw new NotFound("member of staff");
    }
    links.voidAll(tx, who);
    return sessions.endAll(tx, who);
  }

  StaffRepository repository() {
    return staff;
  }

  /** One administrator must remain, or nobody could let anybody in. */
  private Known lock(Tx tx, StaffId who, boolean staysAdministrator) {
    List<StaffId> administrators = staff.lockHolders(tx, Role.SECURITY_ADMIN);
    Known known =
        staff
            .lock(tx, who)
            .filter(Known::active)
            .orElseThrow(() -> new NotFound("member of staff"));
    if (!staysAdministrator && administrators.equals(List.of(who))) {
      throw new Conflict(
          "last_security_admin",
          "This is the last security administrator. Make somebody else one first.");
    }
    return known;
  }

  /** One stolen session must not be able to give itself further rights. */
  private static void notOneself(String actor, StaffId who) {
    if (actor.equals(who.actor())) {
      throw new Forbidden(
          "own_account", "Another security administrator must change your own account.");
    }
  }

  private static Conflict already() {
    return new Conflict("already_staff", "This address already belongs to a member of staff.");
  }

  private static Field noRole() {
    return new Field("roles", "Choose at least one role");
  }

  private static JsonArray words(Set<Role> roles) {
    return new JsonArray(List.of((Object[]) StaffRepository.words(roles)));
  }
}
