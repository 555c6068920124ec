package org.tocsin.chaos;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.tocsin.bench.ModelAlert;
import org.tocsin.correspondents.InventedMembers;
import org.tocsin.correspondents.MemberVault;

/** Writes alerts as staff do, each like the demonstration's approved one, to all correspondents. */
final class AlertDesk {
  static final int MEMBERS = 300;

  /** Correspondents, invented here or by the demonstration. */
  private static final Pattern READS =
      Pattern.compile(".*(-fellows\\.example|" + InventedMembers.DOMAIN + ")");

  private final ChaosScene scene;
  private final Way way;

  AlertDesk(ChaosScene scene) {
    this.scene = scene;
    this.way = Way.mail(scene.relay, address -> READS.matcher(address).matches());
  }

  void invent() {
    Ground ground = scene.ground;
    new InventedMembers(
            ground.hub,
            new MemberVault(ground.keyring.sealer(), ground.keyring.lookup()),
            InstantSource.system())
        .write(MEMBERS);
  }

  /** An approved alert: its way in the API. */
  String approved() {
    ModelAlert model = ModelAlert.in(scene.desk().get("/api/v1/alerts?limit=100", "case_officer"));
    JsonObject draft = model.draft().put("circles", List.of("correspondent")).put("webhook", false);
    String cases = "/api/v1/cases/" + model.caseId() + "/alerts";
    String path =
        "/api/v1/alerts/" + scene.desk().post(cases, "case_officer", draft).getString("id");
    scene.desk().post(path + "/submit", "case_officer", new JsonObject());
    scene.desk().post(path + "/approve", "approver", new JsonObject());
    scene.relay.remote().reset();
    return path;
  }

  void release(String alert, int lastLookMinutes) {
    scene
        .desk()
        .post(
            alert + "/release",
            "release_officer",
            new JsonObject().put("last_look_minutes", lastLookMinutes));
  }

  /** Of the alert that was released last. */
  Sending sending() {
    long broadcast =
        scene.ground.hub.get(
            "SELECT max(id) AS last FROM engine.broadcast WHERE kind = 'alert' AND channel = 'email'",
            row -> row.getLong("last"));
    return scene.sending(
        way, scene.ground.keyring.ids().encode("broadcast", broadcast), correspondents());
  }

  private int correspondents() {
    return many(
        "SELECT count(*)::int AS many FROM members.member WHERE audience = 'correspondent' AND state = 'ACTIVE'");
  }

  /** How many alerts were ever released to anybody. */
  int released() {
    return many(
        "SELECT count(*)::int AS many FROM engine.broadcast WHERE kind = 'alert' AND channel = 'email'");
  }

  private int many(String sql) {
    return scene.ground.hub.get(sql, row -> row.getInteger("many"));
  }

  /** How many mails the relay got so far. */
  long received() {
    return scene.relay.remote().state().getLong("received");
  }
}
