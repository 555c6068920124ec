package org.tocsin.web.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.BroadcastVerb;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Controls;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.Waiting;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** Broadcasts for machines: the ledger, the controls, what became of each recipient. */
public final class BroadcastApi {
  static final String KIND = "broadcast";
  private final Broadcasts broadcasts;
  private final Controls controls;
  private final Messages words;
  private final Ids ids;

  public BroadcastApi(Broadcasts broadcasts, Controls controls, Languages languages, Ids ids) {
    this.broadcasts = broadcasts;
    this.controls = controls;
    this.words = languages.in(Languages.DEFAULT);
    this.ids = ids;
  }

  public ApiAnswer list(ApiCall call) {
    long before =
        ids.readCursor(KIND, call.query("after")).map(OpaqueIds.Pair::first).orElse(Long.MAX_VALUE);
    List<Progress> page = broadcasts.recent(before, call.limit());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, page.getLast().id().value()));
    return ApiAnswer.page(page.stream().map(this::json).toList(), next);
  }

  public ApiAnswer get(ApiCall call) {
    return ApiAnswer.ok(json(broadcasts.find(id(call)).orElseThrow(() -> new NotFound(KIND))));
  }

  public ApiAnswer pause(ApiCall call) {
    return control(call, BroadcastVerb.PAUSE);
  }

  public ApiAnswer resume(ApiCall call) {
    return control(call, BroadcastVerb.RESUME);
  }

  public ApiAnswer cancel(ApiCall call) {
    return control(call, BroadcastVerb.CANCEL);
  }

  public ApiAnswer retryFailed(ApiCall call) {
    return control(call, BroadcastVerb.RETRY_FAILED);
  }

  public ApiAnswer resendInDoubt(ApiCall call) {
    return control(call, BroadcastVerb.RESEND_IN_DOUBT);
  }

  private ApiAnswer control(ApiCall call, BroadcastVerb verb) {
    return ApiAnswer.ok(json(controls.perform(id(call), verb, call.staff())));
  }

  public ApiAnswer deliveries(ApiCall call) {
    BroadcastId id = id(call);
    Progress of = broadcasts.find(id).orElseThrow(() -> new NotFound(KIND));
    Optional<OpaqueIds.Pair> after = ids.readCursor("delivery", call.query("after"));
    List<Delivery> page =
        broadcasts.deliveries(
            id,
            after.map(pair -> (int) pair.first()).orElse(0),
            after.map(OpaqueIds.Pair::second).orElse(0),
            call.limit(),
            call.query("state").map(state -> state.toUpperCase(Locale.ROOT)));
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor("delivery", page.getLast().segment(), page.getLast().ord()));
    return ApiAnswer.page(page.stream().map(one -> json(of, one)).toList(), next);
  }

  private BroadcastId id(ApiCall call) {
    return new BroadcastId(ids.read(KIND, call.path("id")));
  }

  private JsonObject json(Progress progress) {
    return new JsonObject()
        .put("id", ids.show(KIND, progress.id().value()))
        .put("owner", progress.owner())
        .put("channel", progress.channel())
        .put("lane", (int) progress.lane().number())
        .put("kind", progress.kind())
        .put("title", progress.title())
        .put("state", progress.state().name())
        .put("total", progress.total())
        .put("sent", progress.sent())
        .put("failed", progress.failed())
        .put("suppressed", progress.suppressed())
        .put("withheld", progress.withheld())
        .put("cancelled", progress.cancelled())
        .put("in_doubt", progress.inDoubt())
        .put("pending", progress.pending())
        .put("not_before", progress.notBefore().toString())
        .put("started_at", time(progress.startedAt()))
        .put("finished_at", time(progress.finishedAt()))
        .put("refused_with", progress.refusedWith().orElse(null))
        .put("waiting", waiting(progress));
  }

  private JsonArray waiting(Progress progress) {
    JsonArray all = new JsonArray();
    if (progress.pending() > 0) {
      broadcasts.waiting(progress.id()).forEach(one -> all.add(json(one)));
    }
    return all;
  }

  private JsonObject json(Waiting waiting) {
    return new JsonObject()
        .put("reason", waiting.reason().name().toLowerCase(Locale.ROOT))
        .put("many", waiting.many())
        .put("next", waiting.next().toString())
        .put("why", waiting.why())
        .put("advice", advice(waiting.why()));
  }

  /** What an operator should do about it; null where it is nothing of the mail relay's. */
  private @Nullable String advice(String code) {
    return RelayFault.of(code)
        .map(fault -> words.text("desk.relay.advice." + fault.advice().name()))
        .orElse(null);
  }

  private JsonObject json(Progress of, Delivery delivery) {
    return new JsonObject()
        .put("id", delivery.id())
        .put("recipient", recipient(of, delivery.target()))
        .put("state", delivery.state().toLowerCase(Locale.ROOT))
        .put("code", delivery.code())
        .put("advice", advice(delivery.code()))
        .put("attempts", delivery.attempts())
        .put("in_doubt", delivery.doubled())
        .put("reached", delivery.reached())
        .put("at", time(delivery.at()))
        .put("next_try", time(delivery.nextTry()));
  }

  /**
   * A partner is known by its endpoint. A person has another id in each broadcast, so that nobody
   * puts together who gets which alerts.
   */
  private String recipient(Progress of, long target) {
    return of.channel().equals(WebhookChannel.NAME)
        ? ids.show(EndpointApi.KIND, target)
        : ids.opaque().encode("recipient", of.id().value() + " " + target);
  }

  static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }
}
