package org.tocsin.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.tocsin.bench.receiver.ReceiverProcess;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.testing.HubProcess;

/** Hubs over one database, receivers that misbehave on demand, and all who are written to. */
final class ChaosScene implements AutoCloseable {
  static final int CONNECTIONS = 8;

  /** So fast that a broadcast takes some seconds, where a case has to hit its middle. */
  private static final int SLOW = 700;

  /**
   * How an issue is sent that says so: as an alert is, urgent and again where in doubt; or with an
   * hour that comes only tomorrow. Alerts themselves go to few; the engine knows no other
   * difference.
   */
  private static final String MANNERS =
      """
      CREATE TABLE engine.chaos (title text PRIMARY KEY, manner text NOT NULL);
      CREATE FUNCTION engine.chaos() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      DECLARE manner text := (SELECT c.manner FROM engine.chaos c WHERE c.title = NEW.title);
      BEGIN
        IF manner = 'urgent' THEN NEW.in_doubt_policy := 'RESEND'; NEW.lane := 0; END IF;
        IF manner = 'tomorrow' THEN NEW.not_before := NEW.not_before + interval '1 day'; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER a_chaos BEFORE INSERT ON engine.broadcast FOR EACH ROW
        WHEN (NEW.kind = 'newsletter') EXECUTE FUNCTION engine.chaos()
      """;

  final Ground ground;
  final ReceiverProcess relay;
  final Broadcasts broadcasts;
  final Readers readers;
  final Partners partners;
  final AlertDesk alerts;
  private final Map<String, OwnedBroadcasts> owners = new ConcurrentHashMap<>();
  final Leases leases;
  final Links links;
  private final Map<Integer, HubProcess> nodes = new TreeMap<>();
  private final VerdictTable table;
  private final Way letters;
  private YearMonth month = YearMonth.of(2031, 1);

  private ChaosScene(Path folder) throws IOException {
    this.ground = Ground.open(folder);
    this.relay = ReceiverProcess.start("smtp", "--remember");
    this.broadcasts =
        new Broadcasts(
            ground.hub, ground.keyring.sealer(), ground.keyring.ids(), new Bus(ground.vertx));
    this.readers = new Readers(ground);
    this.partners = new Partners(ground);
    this.alerts = new AlertDesk(this);
    this.letters = Way.mail(relay, ChaosScene::isReader);
    this.leases = new Leases(ground);
    this.links = new Links(ground.vertx);
    this.table = new VerdictTable(folder.resolve("table.md"));
  }

  static ChaosScene open(Path folder) {
    try {
      ChaosScene scene = new ChaosScene(folder);
      scene.node(1);
      scene.ground.superuser(MANNERS);
      scene.readers.invent();
      scene.partners.invent();
      scene.alerts.invent();
      return scene;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static boolean isReader(String address) {
    return address.startsWith("reader");
  }

  /**
   * A case begins with one node, well-behaved receivers that remember nothing, and nothing to do.
   */
  void begin() {
    faults(new JsonObject());
    partners.faults(new JsonObject());
    node(1);
    leases.expire();
    for (Long open :
        ground.hub.list(
            "SELECT id FROM engine.broadcast WHERE state IN ('SNAPSHOTTING', 'RUNNING', 'PAUSED')",
            row -> row.getLong("id"))) {
      cancel(new BroadcastId(open));
    }
    readers.wake(false);
    partners.wake(false);
    relay.remote().reset();
  }

  /** Who may do to a broadcast what a test does to it behind its owner's back. */
  OwnedBroadcasts owner(BroadcastId id) {
    return owners.computeIfAbsent(broadcasts.find(id).orElseThrow().owner(), broadcasts::ownedBy);
  }

  private void cancel(BroadcastId open) {
    try {
      ground.hub.inTransaction(tx -> owner(open).cancel(tx, open));
    } catch (Conflict endedMeanwhile) {
      assertThat(broadcasts.find(open).orElseThrow().state().ended()).isTrue();
    }
  }

  /** Started where it does not run. */
  HubProcess node(int number) {
    HubProcess node = nodes.computeIfAbsent(number, this::anew);
    return node.isAlive() ? node : node.start();
  }

  private HubProcess anew(int number) {
    Map<String, String> settings = new HashMap<>(links.settings(number));
    settings.put("TOCSIN_SMTP_HOST", "127.0.0.1");
    settings.put("TOCSIN_SMTP_PORT", "" + relay.port());
    settings.put("TOCSIN_SMTP_TLS", "disabled");
    settings.put("TOCSIN_SMTP_CONNECTIONS", "" + CONNECTIONS);
    return new HubProcess(ground.address, ground.nodeFolder(number), settings)
        .by(JumpingHub.class)
        .leaveArchive();
  }

  /** The first node, alive or dead: it speaks for all. */
  HubProcess desk() {
    return Objects.requireNonNull(nodes.get(1));
  }

  void faults(JsonObject faults) {
    relay.remote().faults(faults);
  }

  void fault(String at, String deed, double share) {
    faults(new JsonObject().put("rules", new JsonArray().add(rule(at, deed).put("share", share))));
  }

  static JsonObject rule(String at, String deed) {
    return new JsonObject().put("at", at).put("do", deed);
  }

  static JsonObject slow() {
    return new JsonObject().put("per_second", SLOW);
  }

  /** A newsletter as two people release it; whoever is in doubt is listed. */
  Sending release() {
    return issue("plain").letters();
  }

  /** Sent as an alert is: whoever is in doubt gets it again. */
  Sending releaseUrgent() {
    return issue("urgent").letters();
  }

  Sending releaseForTomorrow() {
    return issue("tomorrow").letters();
  }

  /** To the partners too. */
  Issue releaseToAll() {
    partners.wake(true);
    return issue("plain");
  }

  /** An issue goes to readers, and an event tells of it. */
  record Issue(Sending letters, Sending events) {}

  private Issue issue(String manner) {
    relay.remote().reset();
    partners.reset();
    month = month.plusMonths(1);
    ground.superuser("INSERT INTO engine.chaos VALUES ('%s', '%s')".formatted(month, manner));
    int readersDue = readers.due();
    int partnersDue = partners.due();
    JsonObject draft =
        desk()
            .post(
                "/api/v1/newsletters",
                "newsletter_editor",
                new JsonObject()
                    .put("month", month.toString())
                    .put("subject", "News of " + month)
                    .put("body_markdown", "# Hello\n\nThe **news**.")
                    .put("topics", List.of("newsletter")));
    String path = "/api/v1/newsletters/" + draft.getString("id");
    desk().post(path + "/submit", "newsletter_editor", new JsonObject());
    desk().post(path + "/approve", "approver", new JsonObject());
    JsonObject started =
        desk()
            .post(path + "/release", "release_officer", new JsonObject())
            .getJsonObject("broadcasts");
    return new Issue(
        sending(letters, started.getString("email"), readersDue),
        sending(partners.way, started.getString("webhook"), partnersDue));
  }

  Sending sending(Way way, String id, int due) {
    BroadcastId number =
        new BroadcastId(ground.keyring.ids().decode("broadcast", id).orElseThrow());
    return new Sending(this, way, number, id, due);
  }

  void record(Verdict verdict) {
    table.add(verdict);
  }

  @Override
  public void close() throws IOException {
    System.out.println(table.text());
    nodes.values().forEach(HubProcess::close);
    links.close();
    partners.close();
    relay.close();
    ground.close();
  }
}
