package org.tocsin.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.tocsin.channels.email.RelayProbe;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** What operators hear of the mail relay: readiness with the cause, and metrics. */
final class RelayWatch {
  private static final String ADVICE = "desk.relay.advice.";

  private final RelayProbe probe;
  private final Messages words;
  private final MeterRegistry metrics;

  RelayWatch(
      Vertx vertx, Settings settings, Relay relay, Languages languages, MeterRegistry metrics) {
    this.probe = new RelayProbe(vertx, settings, relay.host(), relay.port());
    this.words = languages.in(Languages.DEFAULT);
    this.metrics = metrics;
    Gauge.builder("tocsin.relay.up", this::up)
        .description("1 where the mail relay would take mail, 0 where it would not")
        .register(metrics);
  }

  RelayProbe probe() {
    return probe;
  }

  private double up() {
    return probe.last().map(look -> look.fault().isEmpty() ? 1.0 : 0.0).orElse(Double.NaN);
  }

  /** Labels of few values: where it happened, and of which kind it was. */
  void count(RelayFault fault) {
    Counter.builder("tocsin.relay.faults")
        .description("Connections to the mail relay that could not be made")
        .tag("stage", fault.stage().word())
        .tag("kind", fault.kind())
        .register(metrics)
        .increment();
  }

  Optional<String> problem() {
    return probe.fault().map(fault -> told(fault, words));
  }

  /** Where, what it answered, and what to do. */
  static String told(RelayFault fault, Messages words) {
    return fault.code() + ": " + words.text(ADVICE + fault.advice().name());
  }
}
