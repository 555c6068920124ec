package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffId;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.AlertDraft;
import org.tocsin.alerts.AlertId;
import org.tocsin.alerts.AlertJson;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Chain;
import org.tocsin.alerts.ReleasedAlert;
import org.tocsin.alerts.StopReason;
import org.tocsin.alerts.Told;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.ContentHash;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * Alerts for machines. Whoever may hold or stop need not know what an alert says, so those calls
 * answer with how it stands and no word of it.
 */
public final class AlertApi {
  private static final String KIND = "alert";

  private final Alerts alerts;
  private final Cases cases;
  private final Languages languages;
  private final Ids ids;

  public AlertApi(Alerts alerts, Cases cases, Languages languages, Ids ids) {
    this.alerts = alerts;
    this.cases = cases;
    this.languages = languages;
    this.ids = ids;
  }

  public ApiAnswer create(ApiCall call) {
    Mode mode = Mode.valueOf(call.body().getString("mode", "actual").toUpperCase(Locale.ROOT));
    CaseId about = new CaseId(ids.read(CaseApi.KIND, call.path("id")));
    Alert created =
        alerts.create(Optional.of(about), mode, draft(call), call.staff().id(), words());
    return ApiAnswer.created(json(created));
  }

  public ApiAnswer list(ApiCall call) {
    long before =
        ids.readCursor(KIND, call.query("after"))
            .map(org.tocsin.platform.crypto.OpaqueIds.Pair::first)
            .orElse(Long.MAX_VALUE);
    List<Alert> page = alerts.list(call.staff().id(), before, call.limit());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, page.getLast().id().value()));
    return ApiAnswer.page(page.stream().map(this::json).toList(), next);
  }

  public ApiAnswer ofCase(ApiCall call) {
    CaseId about =
        cases.open(new CaseId(ids.read(CaseApi.KIND, call.path("id"))), call.staff().id()).id();
    return all(alerts.ofCase(about));
  }

  public ApiAnswer get(ApiCall call) {
    Alert found = read(call);
    return ApiAnswer.ok(told(json(found), found));
  }

  public ApiAnswer update(ApiCall call) {
    Alert found = open(call);
    Integer version = call.body().getInteger("version");
    int based = version == null ? found.version() : version;
    return ApiAnswer.ok(
        json(alerts.edit(found.id(), based, draft(call), call.staff().id(), words())));
  }

  public ApiAnswer createUpdate(ApiCall call) {
    return ApiAnswer.created(
        json(alerts.update(open(call).id(), draft(call), call.staff().id(), words())));
  }

  public ApiAnswer updates(ApiCall call) {
    return all(alerts.chain(read(call).chain().id()).stream().filter(one -> one.no() > 0).toList());
  }

  public ApiAnswer submit(ApiCall call) {
    Set<String> confirmed =
        call.body().getJsonArray("confirm", new JsonArray()).stream()
            .map(String::valueOf)
            .collect(Collectors.toSet());
    return ApiAnswer.ok(
        json(
            alerts.submit(
                open(call).id(),
                Optional.ofNullable(call.body().getInteger("version")),
                confirmed,
                call.staff().id(),
                words())));
  }

  public ApiAnswer approve(ApiCall call) {
    return ApiAnswer.ok(
        json(alerts.approve(open(call).id(), call.staff().id(), call.contentHash())));
  }

  public ApiAnswer reject(ApiCall call) {
    String reason = call.body().getString("reason", "");
    return ApiAnswer.ok(json(alerts.reject(open(call).id(), call.staff().id(), reason, words())));
  }

  public ApiAnswer release(ApiCall call) {
    Optional<Duration> look =
        Optional.ofNullable(call.body().getInteger("last_look_minutes")).map(Duration::ofMinutes);
    ReleasedAlert released =
        alerts.release(open(call).id(), call.staff().id(), NewsletterApi.notBefore(call), look);
    JsonObject broadcasts = new JsonObject().putNull("email").putNull("webhook");
    released
        .broadcasts()
        .forEach((way, id) -> broadcasts.put(way, ids.show(BroadcastApi.KIND, id.value())));
    return ApiAnswer.ok(
        new JsonObject()
            .put("broadcast", broadcasts.getString("email"))
            .put("broadcasts", broadcasts)
            .put("not_before", released.at().toString()));
  }

  public ApiAnswer hold(ApiCall call) {
    return ApiAnswer.ok(standing(call, alerts.hold(id(call), call.staff().id())));
  }

  public ApiAnswer resume(ApiCall call) {
    return ApiAnswer.ok(standing(call, alerts.resume(id(call), call.staff().id())));
  }

  public ApiAnswer stop(ApiCall call) {
    StopReason reason =
        StopReason.valueOf(call.body().getString("reason").toUpperCase(Locale.ROOT));
    Alert stopped = alerts.stop(id(call), reason, call.staff().id());
    return ApiAnswer.ok(told(standing(call, stopped), stopped));
  }

  public ApiAnswer confirmStop(ApiCall call) {
    Alert confirmed = alerts.confirmStop(id(call), call.staff().id());
    return ApiAnswer.ok(told(standing(call, confirmed), confirmed));
  }

  public ApiAnswer close(ApiCall call) {
    String outcome = call.body().getString("outcome");
    return ApiAnswer.ok(
        standing(call, alerts.close(open(call).id(), outcome, call.staff().id(), words())));
  }

  private ApiAnswer all(List<Alert> some) {
    return ApiAnswer.page(some.stream().map(this::json).toList(), Optional.empty());
  }

  private AlertId id(ApiCall call) {
    return new AlertId(ids.read(KIND, call.path("id")));
  }

  /** For whoever may read it, who gets it. */
  private Alert read(ApiCall call) {
    return alerts.open(id(call), call.staff().id());
  }

  /** For whoever may read it, who does something with it. */
  private Alert open(ApiCall call) {
    return alerts.require(id(call), call.staff().id());
  }

  private static AlertDraft draft(ApiCall call) {
    return AlertJson.draft(call.body());
  }

  private Messages words() {
    return languages.in(Languages.DEFAULT);
  }

  /** Why it was stopped tells how a case stands, so it is for those who read them. */
  private JsonObject standing(ApiCall call, Alert alert) {
    JsonObject standing = standing(alert);
    return call.staff().may(Permission.READ_ALERTS) ? standing : standing.putNull("stop_reason");
  }

  private JsonObject standing(Alert alert) {
    Chain chain = alert.chain();
    return new JsonObject()
        .put("id", id(alert.id()))
        .put("reference", chain.reference().text())
        .put("type", word(alert.type()))
        .put("number", alert.no())
        .put("mode", word(chain.mode()))
        .put("state", word(alert.state()))
        .put("version", alert.version())
        .putNull("not_told")
        .put("not_before", BroadcastApi.time(alert.notBefore()))
        .put("held_by", alert.held().flatMap(Alert.Held::by).map(StaffId::actor).orElse(null))
        .put("resume_asked", alert.held().flatMap(Alert.Held::resumedBy).isPresent())
        .put("stop_reason", chain.end().flatMap(Chain.End::reason).map(AlertApi::word).orElse(null))
        .put("stop_confirmed", chain.end().flatMap(Chain.End::confirmedBy).isPresent());
  }

  /** How many do not have the stop yet; null where there is none. Who they are the desk shows. */
  private JsonObject told(JsonObject json, Alert alert) {
    return json.put("not_told", alerts.told(alert.chain(), 0).map(Told::left).orElse(null));
  }

  private JsonObject json(Alert alert) {
    JsonArray references = new JsonArray(alert.references().stream().map(this::id).toList());
    JsonObject json =
        standing(alert)
            .put(
                "case",
                alert
                    .chain()
                    .caseId()
                    .map(about -> ids.show(CaseApi.KIND, about.value()))
                    .orElse(null))
            .put("references", references)
            .put("content_hash", alert.hash().map(ContentHash::hex).orElse(null))
            .put("created_at", alert.createdAt().toString());
    return json.mergeIn(AlertJson.of(alert.draft().orElse(AlertDraft.NONE)));
  }

  private String id(AlertId id) {
    return ids.show(KIND, id.value());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
