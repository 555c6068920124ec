package org.tocsin.broadcasts;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Dispatcher> dispatchers = new ArrayList<>();

  public DispatchVerticle(
      Database hub,
      Database courier,
      Keyring keyring,
      Bus bus,
      InstantSource clock,
      List<Audience> audiences,
      List<Channel> channels) {
    this.snapshotter = new Snapshotter(hub, bus, audiences);
    SegmentRepository segments = new SegmentRepository(keyring.sealer());
    RetryRepository retries = new RetryRepository(keyring.sealer());
    Courier sender = new Courier(courier, segments, audiences, channels, keyring.ids(), clock);
    for (Channel channel : channels) {
      dispatchers.add(new Dispatcher(channel.name(), courier, segments, retries, sender, bus));
    }
  }

  @Override
  public Future<?> start() {
    snapshotter.start();
    dispatchers.forEach(Dispatcher::start);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return vertx.executeBlocking(
        () -> {
          snapshotter.close();
          dispatchers.forEach(Dispatcher::close);
          return true;
        },
        false);
  }
}
