package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.tocsin.broadcasts.BroadcastOrder.InDoubtPolicy;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Plate;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Sql;
import org.tocsin.testing.Eventually;
import org.tocsin.testing.TestHub;

/**
 * The engine on the real database, with an audience of numbers and a channel that the test scripts.
 */
public final class TestEngine implements AutoCloseable {
  public final TestHub hub;
  public final Broadcasts broadcasts;
  final OwnedBroadcasts own;

  /** Whoever asks for its end may. */
  public final Standstill standstill;

  public final Script channel = new Script("email");
  public final Script webhooks = new Script("webhook");
  final Numbers audience = new Numbers();
  String words = "Hello";
  final Snapshotter snapshotter;
  private final List<Audience> audiences;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Window window = new Window();

  /** That all dispatchers together keep. */
  volatile OptionalDouble rate = OptionalDouble.empty();

  final RetryRepository retries;
  final Groups groups;
  private final RefusalAlarm alarm;
  private final List<Dispatcher> dispatchers = new ArrayList<>();

  TestEngine() {
    this(new TestHub(), List.of());
  }

  /** Over a hub that somebody else closes too, and whoever else there is to send to. */
  public TestEngine(TestHub hub, List<Audience> others) {
    this.hub = hub;
    this.broadcasts = new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus);
    this.own = broadcasts.ownedBy("test");
    this.standstill = new Standstill(hub.hub, hub.bus, hub.audit, hub.clock, anybody -> true);
    this.audiences = new ArrayList<>(others);
    audiences.add(audience);
    this.retries = new RetryRepository(hub.keyring.sealer());
    this.groups = newGroups();
    this.alarm = new RefusalAlarm(hub.courier, hub.bus, meters);
    this.snapshotter = new Snapshotter(hub.hub, hub.bus, audiences);
  }

  /** As another node has them. */
  Groups newGroups() {
    return new Groups(
        hub.courier, hub.keyring.sealer(), hub.keyring.lookup(), Map.of("slow.example", 40.0));
  }

  /** Members 1 to n; those in {@code gone} are unreachable at the moment of sending. */
  static final class Numbers implements Audience {
    final Map<Long, String> gone = new ConcurrentHashMap<>();
    final Map<Long, Instant> later = new ConcurrentHashMap<>();
    final Map<Long, RuntimeException> poison = new ConcurrentHashMap<>();
    volatile LongFunction<String> domain = number -> "numbers.example";
    volatile long size = 0;

    @Override
    public String name() {
      return "numbers";
    }

    @Override
    public List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit) {
      return Reached.read(selection)
          .map(stopped -> new Reached().after(sql, stopped, target, limit))
          .orElseGet(
              () ->
                  LongStream.rangeClosed(target + 1, Math.min(size, target + limit))
                      .boxed()
                      .toList());
    }

    @Override
    public long count(Sql sql, JsonObject selection) {
      return size;
    }

    @Override
    public Map<Long, Addressee> reach(
        Sql courier, JsonObject selection, List<Recipient> recipients) {
      Map<Long, Addressee> reached = new HashMap<>();
      for (Recipient recipient : recipients) {
        RuntimeException poisoned = poison.get(recipient.target());
        if (poisoned != null) {
          throw poisoned;
        }
        String reason = gone.get(recipient.target());
        Addressee.Reachable reachable =
            new Addressee.Reachable(
                new Destination.Mailbox(
                    recipient.target() + "@" + domain.apply(recipient.target())),
                "en",
                Map.of("name", "N" + recipient.target()),
                new byte[][] {
                  ("hash" + recipient.target()).getBytes(java.nio.charset.StandardCharsets.UTF_8)
                });
        Instant until = later.get(recipient.target());
        reached.put(
            recipient.target(),
            reason != null
                ? new Addressee.Unreachable(reason)
                : until != null ? new Addressee.Later(until, reachable) : reachable);
      }
      return reached;
    }
  }

  /** Counts what arrives, and answers as the test says. */
  public static final class Script implements Channel {
    private static final Outcome OVER = new Outcome.InDoubt("test", "the test is over");
    private final String name;
    public final Map<String, Integer> arrived = new ConcurrentHashMap<>();
    public final Map<String, List<JsonObject>> contents = new ConcurrentHashMap<>();
    final Map<String, String> idOf = new ConcurrentHashMap<>();
    private final AtomicInteger printed = new AtomicInteger();
    private final Set<Promise<Outcome>> held = ConcurrentHashMap.newKeySet();
    private volatile boolean over = false;

    /** Of those that had not arrived yet. */
    final AtomicInteger mostPrinted = new AtomicInteger();

    public volatile Function<String, Future<Outcome>> answer =
        address -> Future.succeededFuture(new Outcome.Accepted("250"));

    Script(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Plate plate(JsonObject content, Manner manner) {
      return envelope -> {
        mostPrinted.accumulateAndGet(printed.incrementAndGet(), Math::max);
        return () -> send(content, envelope).onComplete(anyhow -> printed.decrementAndGet());
      };
    }

    @Override
    public Future<Outcome> send(JsonObject content, Envelope envelope) {
      String address =
          switch (envelope.destination()) {
            case Destination.Mailbox mailbox -> mailbox.address();
            case Destination.Endpoint endpoint -> endpoint.url().toString();
          };
      String earlier = idOf.putIfAbsent(address + content.encode(), envelope.id());
      assertThat(earlier == null || earlier.equals(envelope.id()))
          .as("the id is stable over tries")
          .isTrue();
      Future<Outcome> outcome = answer.apply(address);
      if (!(outcome.succeeded()
          && (outcome.result() instanceof Outcome.Deferred
              || outcome.result() instanceof Outcome.Refused))) {
        arrived.merge(address, 1, Integer::sum);
        contents.computeIfAbsent(address, anyhow -> new CopyOnWriteArrayList<>()).add(content);
      }
      return untilTheEnd(outcome);
    }

    /** An answer that the test never gave comes when the engine is closed, which waits for it. */
    private Future<Outcome> untilTheEnd(Future<Outcome> outcome) {
      if (outcome.isComplete()) {
        return outcome;
      }
      Promise<Outcome> answered = Promise.promise();
      held.add(answered);
      outcome.onComplete(
          (given, failure) -> {
            held.remove(answered);
            if (failure == null) {
              answered.tryComplete(given);
            } else {
              answered.tryFail(failure);
            }
          });
      if (over) {
        answered.tryComplete(OVER);
      }
      return answered.future();
    }

    private void end() {
      over = true;
      held.forEach(answered -> answered.tryComplete(OVER));
    }

    int doubled() {
      return (int) arrived.values().stream().filter(n -> n > 1).count();
    }
  }

  BroadcastId start(int size, InDoubtPolicy policy) {
    audience.size = size;
    return hub.hub.transaction(tx -> own.start(tx, order(Lane.REPLAY, policy)));
  }

  /** To whom those broadcasts reached. */
  BroadcastId startStop(BroadcastId... stopped) {
    BroadcastOrder any = order(Lane.URGENT, InDoubtPolicy.RESEND);
    return hub.hub.transaction(
        tx ->
            own.start(
                tx,
                new BroadcastOrder(
                    any.release(),
                    any.channel(),
                    any.lane(),
                    "alert.stopped",
                    any.title(),
                    any.audience(),
                    Reached.selection(List.of(stopped)),
                    any.content(),
                    any.inDoubt(),
                    any.notBefore(),
                    any.expiresAt())));
  }

  /** Everybody was tried once and is to be tried again. */
  BroadcastId startInVain(int size) {
    channel.answer =
        address -> Future.succeededFuture(new Outcome.Deferred("451", "later", Optional.empty()));
    BroadcastId id = start(size, InDoubtPolicy.LIST);
    snapshot();
    Dispatcher dispatcher = dispatcher();
    dispatcher.round();
    dispatcher.awaitIdle();
    return id;
  }

  BroadcastOrder order(Lane lane, InDoubtPolicy policy) {
    return new BroadcastOrder(
        Optional.empty(),
        "email",
        lane,
        "test",
        "A test",
        "numbers",
        new JsonObject(),
        Map.of("en", new JsonObject().put("subject", words).put("lane", lane.name())),
        policy,
        hub.clock.instant(),
        hub.clock.instant().plus(Duration.ofDays(3)));
  }

  public void snapshot() {
    while (snapshotter.round()) {
      // one chunk after the other
    }
  }

  Dispatcher dispatcher() {
    return dispatcher(channel.name());
  }

  /** Sends whatever there is, on both channels, until the engine is closed. */
  public void start() {
    snapshotter.close(); // where it runs already
    snapshotter.start();
    dispatcher(channel.name()).start();
    dispatcher(webhooks.name()).start();
  }

  /** One window of one segment, and no more until the answers come. */
  public void step() {
    dispatcher().round();
  }

  private Dispatcher dispatcher(String by) {
    return dispatcher(by, hub.courier);
  }

  /**
   * @param reading what it reads broadcasts from
   */
  Dispatcher dispatcher(String by, Database reading) {
    SegmentRepository segments = new SegmentRepository(hub.keyring.sealer());
    Dispatcher dispatcher =
        new Dispatcher(
            by,
            hub.courier,
            segments,
            retries,
            courier(),
            new Underway(reading, hub.keyring.sealer(), hub.bus),
            new Passage(hub.courier, by, window, () -> rate),
            hub.bus,
            meters);
    dispatchers.add(dispatcher);
    return dispatcher;
  }

  private Courier courier() {
    return new Courier(
        hub.courier,
        audiences,
        Map.of(channel, 4_096, webhooks, 4_096),
        groups,
        alarm,
        hub.keyring.ids(),
        hub.clock);
  }

  /** As many as are due of each queue. */
  List<RetryRepository.Held> claimRetries(int ofEach) {
    return retries.claim(
        hub.courier,
        "email",
        retries.due(hub.courier, "email").stream()
            .collect(Collectors.toMap(Function.identity(), queue -> ofEach)),
        UUID.randomUUID());
  }

  /** The next segment, as a dispatcher claims it. */
  Claim claimSegment() {
    return new SegmentRepository(hub.keyring.sealer())
        .claim(hub.courier, "email", Map.of(Lane.REPLAY, 1), 0, UUID.randomUUID())
        .getFirst();
  }

  /** What a dispatcher does with a segment it claimed. */
  void run(Claim claim) {
    new SegmentRun(
            hub.courier,
            new SegmentRepository(hub.keyring.sealer()),
            courier(),
            new Passage(hub.courier, "email", window, () -> rate),
            claim,
            new Underway(hub.courier, hub.keyring.sealer(), hub.bus).hold(claim.broadcast()),
            new LaneMeter(meters, "email", claim.lane()),
            () -> false,
            () -> {})
        .run();
  }

  /** What a dispatcher does with a row it claimed. */
  void run(RetryRepository.Held held) {
    new RetryRun(
            hub.courier,
            new SegmentRepository(hub.keyring.sealer()),
            new RetryLedger(
                hub.courier,
                retries,
                held.broadcast(),
                new LaneMeter(meters, "email", held.lane())),
            courier(),
            new Underway(hub.courier, hub.keyring.sealer(), hub.bus).hold(held.broadcast()),
            () -> false,
            _ -> {},
            Duration.ZERO)
        .run(List.of(held));
  }

  /** Letters that a fixture caused and no test is about, with all they left. */
  public void undo(String kind) {
    hub.hub.run(
        """
        WITH gone AS (DELETE FROM engine.broadcast WHERE kind = $1 RETURNING id)
        DELETE FROM engine.recipient r USING gone WHERE r.broadcast = gone.id
        """,
        kind);
  }

  public Progress progress(BroadcastId id) {
    return broadcasts.find(id).orElseThrow();
  }

  public Progress completed(BroadcastId id) {
    Eventually.eventually("the broadcast ends", () -> progress(id).state().ended());
    Progress progress = progress(id);
    assertThat(progress.pending()).as("pending of " + progress).isZero();
    return progress;
  }

  /**
   * What a killed node leaves: leases that nobody renews. Whoever holds one is fenced off, for in
   * truth it lives, and on a machine that stands still for a moment it would renew it.
   */
  public void expireLeases() {
    hub.hub.run(
        """
        UPDATE engine.segment SET epoch = epoch + 1, lease_until = clock_timestamp() - interval '1 s'
        WHERE state = 'LEASED'
        """);
    hub.hub.run(
        "UPDATE engine.retry SET lease_until = clock_timestamp() - interval '1 s' WHERE lease_until"
            + " IS NOT NULL");
  }

  public void makeRetriesDue() {
    hub.hub.run("UPDATE engine.retry SET due_at = clock_timestamp() WHERE lease_until IS NULL");
  }

  /** Whatever a failed test left unanswered: nobody waits for it for ever. */
  @Override
  public void close() {
    channel.end();
    webhooks.end();
    snapshotter.close();
    dispatchers.forEach(Dispatcher::close);
    hub.close();
  }
}
