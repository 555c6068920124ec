package org.tocsin.broadcasts;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tocsin.channels.Channel;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;

/**
 * The engine's life: starts the snapshotter and a dispatcher a channel; on stop, drains what is in
 * flight.
 */
public final class DispatchVerticle extends VerticleBase {
  private final Snapshotter snapshotter;
  private final Groups groups;
  private final Underway underway;
  private final BacklogMeter backlog;
  private final List<Dispatcher> dispatchers = new ArrayList<>();

  /**
   * @param channels each with its slots: how many of its deliveries may be under way at once
   * @param domainRates messages a second by mail domain, where the operator set one
   * @param rates of all nodes together, by channel
   */
  public DispatchVerticle(
      Database hub,
      Database courier,
      Keyring keyring,
      Bus bus,
      InstantSource clock,
      List<Audience> audiences,
      Map<Channel, Integer> channels,
      Map<String, Double> domainRates,
      Map<String, SendingRate> rates,
      MeterRegistry registry) {
    this.snapshotter = new Snapshotter(hub, bus, audiences);
    this.groups = new Groups(courier, keyring.sealer(), keyring.lookup(), domainRates);
    SegmentRepository segments = new SegmentRepository(keyring.sealer());
    RetryRepository retries = new RetryRepository(keyring.sealer());
    Courier sender =
        new Courier(
            courier,
            audiences,
            channels,
            groups,
            new RefusalAlarm(courier, bus, registry),
            keyring.ids(),
            clock);
    Window window = new Window();
    this.underway = new Underway(courier, keyring.sealer(), bus);
    List<String> names = channels.keySet().stream().map(Channel::name).toList();
    for (String name : names) {
      SendingRate rate = rates.getOrDefault(name, SendingRate.ANY);
      dispatchers.add(
          new Dispatcher(
              name,
              courier,
              segments,
              retries,
              sender,
              underway,
              new Passage(courier, name, window, () -> rate.at(clock.instant())),
              bus,
              registry));
    }
    this.backlog = new BacklogMeter(registry, courier, names);
  }

  @Override
  public Future<?> start() {
    groups.start();
    underway.start();
    snapshotter.start();
    dispatchers.forEach(Dispatcher::start);
    backlog.start();
    return Future.succeededFuture();
  }

  /** At once, whatever else takes its time: nothing more is claimed on any channel. */
  @Override
  public Future<?> stop() {
    dispatchers.forEach(Dispatcher::stopClaiming);
    return vertx.executeBlocking(
        () -> {
          snapshotter.close();
          dispatchers.forEach(Dispatcher::close);
          groups.close();
          underway.close();
          backlog.close();
          return true;
        },
        false);
  }
}
