package org.tocsin.channels.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.channels.email.smtp.RelayInquiry;
import org.tocsin.channels.email.smtp.SmtpLimits;
import org.tocsin.channels.email.smtp.SmtpTimes;
import org.tocsin.platform.config.Settings;

/**
 * Knows whether the relay would take mail: signs in and names a sender, at most every ten seconds
 * and however many ask. It never sends anything.
 */
public final class RelayProbe {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Shorter than whoever asks for readiness waits. */
  private static final long PATIENCE_MILLIS = 3_000;

  /** Longer than a server that makes strangers wait; shorter than an operator would. */
  private static final Duration EACH = Duration.ofSeconds(30);

  private static final SmtpLimits LIMITS =
      new SmtpLimits(
          EACH,
          SmtpLimits.USUAL.connect(),
          new SmtpTimes(EACH, EACH, EACH, EACH, EACH, EACH, EACH),
          EACH,
          EACH,
          EACH,
          EACH,
          EACH);

  private final RelayInquiry inquiry;
  private @Nullable Future<Optional<RelayFault>> looking;
  private long since;
  private volatile @Nullable Look last;

  /** What was seen once: a fault, or none. */
  public record Look(Optional<RelayFault> fault) {}

  public RelayProbe(Vertx vertx, Settings settings, String host, int port) {
    this(vertx, settings, host, port, new NetClientOptions());
  }

  RelayProbe(Vertx vertx, Settings settings, String host, int port, NetClientOptions base) {
    this.inquiry =
        new RelayInquiry(
            vertx,
            Relays.of(settings, host, port, LIMITS),
            MailSender.of(settings).bounce("probe").address(),
            base);
  }

  /**
   * What stands in the way, if anything does; of a relay that takes its time, what was known
   * before. Not on an event loop.
   */
  public Optional<RelayFault> fault() {
    Future<Optional<RelayFault>> look = look();
    try {
      return look.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      Look before = last;
      return before == null ? Optional.of(RelayFault.SILENT) : before.fault();
    }
  }

  /** The same, however long the relay takes. Not on an event loop. */
  public Optional<RelayFault> patiently() {
    return look().await();
  }

  /** Empty before the first. Sees to it that there is a next. */
  public Optional<Look> last() {
    look();
    return Optional.ofNullable(last);
  }

  /** The look that is under way or was just taken, else another. */
  synchronized Future<Optional<RelayFault>> look() {
    Future<Optional<RelayFault>> present = looking;
    boolean fresh = System.nanoTime() - since < FRESH_NANOS;
    if (present != null && (!present.isComplete() || fresh)) {
      return present;
    }
    since = System.nanoTime();
    Future<Optional<RelayFault>> next = inquiry.ask().onSuccess(seen -> last = new Look(seen));
    looking = next;
    return next;
  }
}
