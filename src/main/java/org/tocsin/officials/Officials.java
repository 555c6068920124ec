package org.tocsin.officials;

import io.vertx.core.json.JsonObject;
import java.text.Collator;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.cases.Countries;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;

/**
 * The directory of officials. Whoever calls has asked for the {@code Permission}. It tells which
 * countries we look at: what a person is shown comes by {@code open} or a search, and is written
 * down before they have it.
 */
public final class Officials {
  /** The subject of what is shown of many. */
  private static final String ALL = "officials";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final OfficialRepository officials;

  public Officials(Database database, Sealer sealer, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.officials = new OfficialRepository(new OfficialVault(sealer));
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return OfficialVault.SEALED_TABLES;
  }

  /** Whoever writes an official down has just looked the address up: it counts as checked. */
  public Official create(OfficialDetails details, StaffId staff, Messages words) {
    OfficialDetails tidy = OfficialRules.checked(details, words);
    return database.transaction(
        tx -> {
          Official created = officials.insert(tx, tidy, today(), staff, clock.instant());
          audit.record(tx, staff.actor(), "official.created", created.id().subject());
          return created;
        });
  }

  /**
   * Says nothing of whether the rest was looked at: {@link #checked} does.
   *
   * @param version of the official as it was read before the change; another one is a Conflict
   *     {@code version_changed}
   */
  public Official edit(
      OfficialId id, int version, OfficialDetails details, StaffId staff, Messages words) {
    OfficialDetails tidy = OfficialRules.checked(details, words);
    return change(id, version, staff, "edited", (tx, now) -> officials.rewrite(tx, id, tidy, now));
  }

  /** All that stands there holds today. */
  public Official checked(OfficialId id, int version, StaffId staff) {
    return change(
        id, version, staff, "checked", (tx, now) -> officials.checked(tx, id, today(), staff, now));
  }

  public Official retire(OfficialId id, int version, StaffId staff) {
    return change(id, version, staff, "retired", (tx, now) -> officials.retire(tx, id, staff, now));
  }

  public Official bringBack(OfficialId id, int version, StaffId staff) {
    return change(
        id, version, staff, "brought_back", (tx, now) -> officials.bringBack(tx, id, now));
  }

  private Official change(
      OfficialId id, int version, StaffId staff, String verb, BiConsumer<Tx, Instant> work) {
    return database.transaction(
        tx -> {
          Official before = officials.lock(tx, id).orElseThrow(Officials::noSuchOfficial);
          if (before.version() != version) {
            throw new Conflict(
                "version_changed",
                "Somebody else changed this official since you opened the page; nothing was"
                    + " overwritten");
          }
          work.accept(tx, clock.instant());
          Official after = officials.find(tx, id).orElseThrow(Officials::noSuchOfficial);
          audit.record(
              tx,
              staff.actor(),
              "official." + verb,
              id.subject(),
              new JsonObject().put("version", after.version()));
          return after;
        });
  }

  /** For somebody who is shown it. */
  public Official open(OfficialId id, StaffId viewer) {
    Official found = get(id);
    audit.read(viewer.actor(), "official", id.subject(), 0);
    return found;
  }

  /** {@link #all} for somebody who reads the directory. */
  public List<Official> open(StaffId viewer, Messages words) {
    List<Official> found = all(words);
    audit.read(viewer.actor(), "officials", ALL, found.size());
    return found;
  }

  /** {@link #list} for somebody who picks from it; the entry does not say of which country. */
  public List<Official> open(String country, StaffId viewer) {
    List<Official> found = list(country);
    audit.read(viewer.actor(), "officials", ALL, found.size());
    return found;
  }

  /** What a search shows somebody; never what it was for. */
  void searched(StaffId viewer, int found) {
    audit.read(viewer.actor(), "official_search", ALL, found);
  }

  public Optional<Official> find(OfficialId id) {
    return officials.find(database, id);
  }

  /** Inside the caller's transaction. */
  public Optional<Official> find(Tx tx, OfficialId id) {
    return officials.find(tx, id);
  }

  public Official get(OfficialId id) {
    return find(id).orElseThrow(Officials::noSuchOfficial);
  }

  /** Those of a country whom one may write to, the retired ones left out; by body and office. */
  public List<Official> list(String country) {
    return officials.all(database).stream()
        .filter(one -> !one.retired() && one.details().country().equals(country))
        .sorted(
            Comparator.comparing((Official one) -> one.details().body())
                .thenComparing(one -> one.details().office())
                .thenComparing(one -> one.id().value()))
        .toList();
  }

  /** Everybody, the retired ones last; by country, body and office as their reader sorts. */
  public List<Official> all(Messages words) {
    Collator order = Collator.getInstance(words.locale());
    return officials.all(database).stream()
        .sorted(
            Comparator.comparing(Official::retired)
                .thenComparing(one -> Countries.name(one.details().country(), words), order)
                .thenComparing(one -> one.details().body(), order)
                .thenComparing(one -> one.details().office(), order)
                .thenComparing(one -> one.id().value()))
        .toList();
  }

  /** The day it is, in UTC. */
  public LocalDate today() {
    return UtcDay.of(clock.instant());
  }

  private static NotFound noSuchOfficial() {
    return new NotFound("official");
  }
}
