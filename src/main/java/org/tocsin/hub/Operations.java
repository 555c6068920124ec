package org.tocsin.hub;

import static org.tocsin.access.Permission.READ_BROADCASTS;
import static org.tocsin.access.Permission.RESUME_BROADCAST;
import static org.tocsin.access.Permission.STOP_BROADCAST;

import java.util.List;
import org.tocsin.web.api.ApiOperation;
import org.tocsin.web.api.BroadcastApi;
import org.tocsin.web.api.Ids;

/** The API's table: operationId of openapi.yaml, permission and handler on a line. */
final class Operations {
  private final BroadcastApi broadcasts;

  Operations(Features hub) {
    this.broadcasts = new BroadcastApi(hub.broadcasts, hub.controls, new Ids(hub.keyring.ids()));
  }

  List<ApiOperation> all() {
    return List.of(
        ApiOperation.of("listBroadcasts", READ_BROADCASTS, broadcasts::list),
        ApiOperation.of("getBroadcast", READ_BROADCASTS, broadcasts::get),
        ApiOperation.of("listDeliveries", READ_BROADCASTS, broadcasts::deliveries),
        ApiOperation.of("pauseBroadcast", STOP_BROADCAST, broadcasts::pause),
        ApiOperation.of("cancelBroadcast", STOP_BROADCAST, broadcasts::cancel),
        ApiOperation.of("resumeBroadcast", RESUME_BROADCAST, broadcasts::resume),
        ApiOperation.of("retryFailed", RESUME_BROADCAST, broadcasts::retryFailed),
        ApiOperation.of("resendInDoubt", RESUME_BROADCAST, broadcasts::resendInDoubt));
  }
}
