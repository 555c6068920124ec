package org.tocsin.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.email.EmailChannel;
import org.tocsin.channels.webhook.AddressGuard;
import org.tocsin.channels.webhook.EventContent;
import org.tocsin.channels.webhook.WebhookChannel;
import org.tocsin.channels.webhook.WebhookTransport;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.testing.OurMail;

/** What the hub sends is understood by the receivers, and has no flaw in their eyes. */
@ExtendWith(VertxExtension.class)
class HubsOwnClientsTest {
  private static final WebhookReception WEBHOOKS = new WebhookReception(Optional.empty(), 1);

  private static final JsonObject EVENT =
      new EventContent("msg_1", "newsletter.published", "{\"data\":{}}").toJson();

  private final InstantSource clock = InstantSource.system();
  private static Vertx vertx;

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @Test
  void aMailOfTheHubHasNoFlaw() {
    Settings settings =
        SettingsLoader.defaults(
            Map.of(
                "TOCSIN_DEMO", "true",
                "TOCSIN_SMTP_HOST", "relay.example",
                "TOCSIN_SMTP_TLS", "disabled"));
    try (ReceiverFixture receiver =
            new ReceiverFixture(new MailReception(true, 500, 5_000), clock);
        EmailChannel hub = new EmailChannel(vertx, settings, "127.0.0.1", receiver.port(), clock)) {
      assertThat(hub.send(mail(), reader("d7k2m.1")).await()).isInstanceOf(Outcome.Accepted.class);
      JsonObject state = receiver.remote.state();
      assertThat(state.getJsonObject("apart")).as(receiver.remote.flawed()).isEmpty();
      assertThat(receiver.remote.received())
          .startsWith("reader@home.example\t<d7k2m.1@tocsin.example>\t1\t1\t");
    }
  }

  private static JsonObject mail() {
    return OurMail.of(
            "News for {{name}}",
            "Dear {{name}},\n.\n.. and write for her.\n",
            "<p>Dear {{name}}, größe</p>\n",
            Map.of("Precedence", "bulk"))
        .toJson();
  }

  private static Envelope reader(String id) {
    return new Envelope(
        id, new Destination.Mailbox("reader@home.example"), Map.of("name", "Amina"));
  }

  @Test
  void aWebhookOfTheHubIsGenuine() {
    try (ReceiverFixture receiver = new ReceiverFixture(WEBHOOKS, clock)) {
      WebhookChannel hub =
          new WebhookChannel(
              new WebhookTransport(
                  vertx, new AddressGuard(vertx, new Settings.Webhooks(true, List.of()))),
              clock);
      for (String endpoint : List.of("1", "2", "1")) {
        assertThat(hub.send(EVENT, webhook(receiver.port(), endpoint)).await())
            .isEqualTo(new Outcome.Accepted("HTTP 200"));
      }
      assertThat(receiver.count("acknowledged")).isEqualTo(3);
      assertThat(receiver.count("duplicates")).isEqualTo(1);
    }
  }

  private static Envelope webhook(int port, String endpoint) {
    return new Envelope(
        "delivery_" + endpoint,
        new Destination.Endpoint(
            URI.create("http://127.0.0.1:" + port + "/" + endpoint),
            List.of(WEBHOOKS.secretOf(endpoint)),
            Map.of(),
            OptionalDouble.empty()),
        Map.of());
  }
}
