package org.tocsin.web.api;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.broadcasts.Standstill.Standing;

/** Hold everything, for machines: one call begins it, two people end it. */
public final class HoldApi {
  private final Standstill standstill;

  public HoldApi(Standstill standstill) {
    this.standstill = standstill;
  }

  public ApiAnswer get(ApiCall call) {
    return ApiAnswer.ok(json(standstill.current()));
  }

  public ApiAnswer begin(ApiCall call) {
    return ApiAnswer.ok(json(Optional.of(standstill.begin(call.staff().id()))));
  }

  public ApiAnswer end(ApiCall call) {
    return ApiAnswer.ok(json(standstill.end(call.staff().id())));
  }

  private static JsonObject json(Optional<Standing> now) {
    return new JsonObject()
        .put("on", now.isPresent())
        .put("since", BroadcastApi.time(now.map(Standing::since)))
        .put("by", now.map(Standing::by).map(StaffId::actor).orElse(null))
        .put("resume_asked", now.flatMap(Standing::askedBy).isPresent());
  }
}
