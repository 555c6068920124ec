package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.channels.email.smtp.RelayFault.Stage;

/**
 * Asks the relay whether it would take mail, as sending does: connects, signs in and names a
 * sender. It names no recipient and sends nothing.
 */
public final class RelayInquiry {
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final VertxInternal vertx;
  private final NetClient client;
  private final SmtpRelay relay;
  private final String sender;

  /**
   * @param sender of an envelope, as the relay is to take it
   * @param base may say whom to trust, nothing else
   */
  public RelayInquiry(Vertx vertx, SmtpRelay relay, String sender, NetClientOptions base) {
    this.vertx = (VertxInternal) vertx;
    this.client = vertx.createNetClient(relay.options(base));
    this.relay = relay;
    this.sender = sender;
  }

  /** What stands in the way, if anything does. The future never fails. */
  public Future<Optional<RelayFault>> ask() {
    ContextInternal context = vertx.createEventLoopContext();
    Opening opening = new Opening(context, client, relay);
    Future<Optional<RelayFault>> answer =
        opening
            .opened()
            .compose(opened -> new Question(opened.wire()).asked())
            .map(_ -> Optional.<RelayFault>empty())
            .otherwise(failure -> Optional.ofNullable(fault(opening.stage(), failure)));
    opening.begin();
    return answer;
  }

  private static @Nullable RelayFault fault(Stage stage, Throwable failure) {
    return Unready.of(stage, failure).fault();
  }

  /** MAIL, and goodbye. */
  private final class Question implements Wire.Party {
    private final Wire wire;
    private final Promise<Void> answer = Promise.promise();

    Question(Wire wire) {
      this.wire = wire;
    }

    Future<Void> asked() {
      wire.handTo(this);
      wire.write("MAIL FROM:<" + sender + ">\r\n");
      wire.ringAfter(relay.limits().times().mail());
      return answer.future();
    }

    @Override
    public void heard(SmtpReply reply) {
      if (answer.future().isComplete()) {
        wire.cut();
      } else {
        wire.write("QUIT\r\n");
        wire.ringAfter(FAREWELL);
        if (reply.isPositive()) {
          answer.complete();
        } else {
          answer.fail(Unready.answered(Stage.MAIL, reply));
        }
      }
    }

    @Override
    public void rang() {
      wire.end(Wire.Loss.TIMEOUT);
    }

    @Override
    public void lost(Wire.Loss loss) {
      answer.tryFail(Unready.because(Stage.MAIL, loss.at(Stage.MAIL)));
    }
  }
}
