package org.tocsin.hub;

import java.util.List;
import org.tocsin.access.StaffId;
import org.tocsin.network.Endpoint;
import org.tocsin.network.EndpointDraft;
import org.tocsin.network.EventType;
import org.tocsin.network.Scope;
import org.tocsin.web.dev.Receivers;

/**
 * Six endpoints of a demonstration, which live in this very hub ({@link Receivers}): three of the
 * public and three of the network; one of them slow, one failing, one disabled. They give their
 * consent over the wire as any other does, so the hub's port must be open, and loopback to
 * webhooks.
 */
final class DemoEndpoints {
  private static final List<EventType> NEWS =
      List.of(EventType.NEWSLETTER_PUBLISHED, EventType.NEWSLETTER_WITHDRAWN);
  private static final List<EventType> ALERTS =
      List.of(EventType.ALERT_ISSUED, EventType.ALERT_UPDATED, EventType.ALERT_STOPPED);

  private final Features hub;
  private final StaffId admin;
  private final StaffId second;

  /** {@code second} confirms those of the network. */
  DemoEndpoints(Features hub, StaffId admin, StaffId second) {
    this.hub = hub;
    this.admin = admin;
    this.second = second;
  }

  /** Does nothing where there is any endpoint already. */
  void write() {
    if (!hub.settings.webhooks().allowPrivate() || !hub.endpoints.list(0, 1).isEmpty()) {
      return;
    }
    register(Receivers.PROMPT, "mirror", Scope.PUBLIC, NEWS, "A mirror of the archive");
    register(Receivers.SLOW, "library", Scope.PUBLIC, NEWS, "A library’s catalogue, slow");
    register(Receivers.PROMPT, "academy-1", Scope.NETWORK, ALERTS, "The desk of an academy");
    register(Receivers.PROMPT, "academy-2", Scope.NETWORK, ALERTS, "The desk of another academy");
    Endpoint left =
        register(Receivers.PROMPT, "academy-3", Scope.NETWORK, ALERTS, "An academy that left");
    hub.endpoints.disable(admin, left.id());
    // It listens to what a demonstration does not send: a send would wait for it for days.
    Endpoint failing =
        register(
            Receivers.FAILING,
            "figures",
            Scope.PUBLIC,
            List.of(EventType.STATISTICS_PUBLISHED),
            "A page of figures, whose server fails");
    if (failing.state().listens()) {
      hub.endpoints.test(admin, failing.id());
    }
  }

  private Endpoint register(
      String manner, String name, Scope scope, List<EventType> types, String description) {
    String url =
        "http://127.0.0.1:" + hub.settings.http().port() + "/dev/receivers/" + manner + "/" + name;
    Endpoint registered =
        hub.endpoints
            .register(
                admin,
                new EndpointDraft(
                    url,
                    scope.word(),
                    types.stream().map(EventType::word).toList(),
                    description,
                    name + "@partners.example"))
            .endpoint();
    return registered.awaitsConfirmation()
        ? hub.endpoints.confirm(second, registered.id())
        : registered;
  }
}
