package org.tocsin.network;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience;
import org.tocsin.broadcasts.Reached;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Outcome;
import org.tocsin.network.AddresseeRepository.Closed;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Sql;

/**
 * The endpoints that listen to one type of event in one scope: selection {@code {"scope": "public",
 * "type": "newsletter.published"}}. A stop goes to whom its alert reached, {@code {"reached":
 * [broadcast ids]}}, whatever they listen to by now and whatever became of them, by their own
 * answers too; only one that staff cut off hears no more. Each is a group of its own.
 */
public final class EndpointAudience implements Audience {
  public static final String NAME = "endpoints";
  private static final Logger log = LoggerFactory.getLogger(EndpointAudience.class);
  private static final String SCOPE = "scope";
  private static final String TYPE = "type";

  private final EndpointVault vault;
  private final EndpointHealth health;
  private final InstantSource clock;
  private final AddresseeRepository addressees = new AddresseeRepository();
  private final Reached reached = new Reached();

  public EndpointAudience(Sealer sealer, EndpointHealth health, InstantSource clock) {
    this.vault = new EndpointVault(sealer);
    this.health = health;
    this.clock = clock;
  }

  public static JsonObject selection(Scope scope, EventType type) {
    return new JsonObject().put(SCOPE, scope.word()).put(TYPE, type.word());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit) {
    return Reached.read(selection)
        .map(stopped -> reached.after(sql, stopped, target, limit))
        .orElseGet(
            () ->
                addressees.members(
                    sql, selection.getString(SCOPE), selection.getString(TYPE), target, limit));
  }

  @Override
  public long count(Sql sql, JsonObject selection) {
    return Reached.read(selection)
        .map(stopped -> reached.count(sql, stopped))
        .orElseGet(
            () -> addressees.count(sql, selection.getString(SCOPE), selection.getString(TYPE)));
  }

  @Override
  public Map<Long, Addressee> reach(Sql courier, JsonObject selection, List<Recipient> recipients) {
    Map<Long, Addressee> found = new LinkedHashMap<>();
    recipients.forEach(
        recipient -> found.put(recipient.target(), new Addressee.Unreachable("gone")));
    List<Long> ids = recipients.stream().map(Recipient::target).toList();
    for (Closed closed : addressees.reach(courier, ids, clock.instant())) {
      found.put(closed.id(), hindrance(selection, closed).orElseGet(() -> reach(closed)));
    }
    return found;
  }

  private static Optional<Addressee> hindrance(JsonObject selection, Closed closed) {
    if (Reached.read(selection).isEmpty()) {
      return closed.state().listens()
          ? Optional.empty()
          : Optional.of(new Addressee.Unreachable("disabled"));
    }
    return closed
        .disabledReason()
        .filter(DisabledReason.STAFF::equals)
        .map(byStaff -> new Addressee.Unreachable("cut off"));
  }

  private Addressee reach(Closed closed) {
    try {
      return new Addressee.Reachable(
          new Destination.Endpoint(
              URI.create(vault.openUrl(closed.url())),
              closed.secrets().stream().map(vault::openSecret).toList(),
              Map.of(),
              closed.eventsPerMinute().stream().mapToDouble(many -> many / 60.0).findFirst()),
          "",
          Map.of(),
          new byte[0][]);
    } catch (UnusableKeyring broken) {
      log.atError()
          .addKeyValue("endpoint", closed.id())
          .setCause(broken)
          .log("An endpoint cannot be opened");
      return new Addressee.Broken();
    }
  }

  @Override
  public void observe(long target, Outcome outcome) {
    health.observe(target, outcome);
  }
}
