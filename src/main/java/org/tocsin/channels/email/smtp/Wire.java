package org.tocsin.channels.email.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.email.smtp.RelayFault.Stage;
import org.tocsin.channels.email.smtp.RelayFault.What;

/**
 * One socket to the server: bytes go out in the order in which they are written, whole replies come
 * in. Everything happens on one event loop.
 *
 * <p>Invariant: whoever has the wire hears each reply once, of its end once and of nothing after
 * it; a wire that ends is cut without regard for what is still unsent.
 */
final class Wire {
  private static final Logger log = LoggerFactory.getLogger(Wire.class);

  /** Who has the wire. */
  interface Party {
    void heard(SmtpReply reply);

    /** The time that was set is over. */
    void rang();

    void lost(Loss loss);
  }

  /** Why a wire ended. */
  record Loss(What what, String words) {
    static final Loss CLOSED = new Loss(What.CLOSED, "the relay ended the connection");
    static final Loss TIMEOUT = new Loss(What.SILENT, "no answer in time");

    static Loss of(Throwable failure) {
      boolean encryption = failure instanceof SSLException;
      return new Loss(
          encryption ? Unready.what(Stage.TLS, failure) : What.CLOSED, String.valueOf(failure));
    }

    boolean isEnd() {
      return what == What.CLOSED;
    }

    static Loss garbled(String words) {
      return new Loss(What.GARBLED, words);
    }

    /** A word or two for an outcome. */
    String code() {
      return switch (what) {
        case CLOSED -> "connection lost";
        case SILENT -> "timeout";
        case GARBLED -> "protocol";
        default -> "tls";
      };
    }

    /** What ends while encryption is being begun, ends it. */
    What at(Stage stage) {
      return stage == Stage.TLS && (what == What.CLOSED || what == What.GARBLED)
          ? What.HANDSHAKE
          : what;
    }
  }

  private final NetSocketInternal socket;
  private final Alarm alarm;
  private final ReplyReader reader = new ReplyReader();
  private final Consumer<SmtpReply> pass = this::pass;
  private Party party;
  private boolean open = true;

  Wire(ContextInternal context, NetSocket socket, Party party) {
    this.socket = (NetSocketInternal) socket;
    this.alarm = new Alarm(context, () -> this.party.rang());
    this.party = party;
    socket.handler(this::read);
    socket.exceptionHandler(failure -> end(Loss.of(failure)));
    socket.closeHandler(_ -> end(Loss.CLOSED));
  }

  void handTo(Party next) {
    party = next;
  }

  boolean isOpen() {
    return open;
  }

  boolean isEncrypted() {
    return socket.isSsl();
  }

  /** Nothing has come that was not handed on. */
  boolean isQuiet() {
    return reader.isBetweenReplies();
  }

  Future<Void> encrypt() {
    return socket.upgradeToSsl();
  }

  private void read(Buffer bytes) {
    if (!open) {
      return;
    }
    try {
      reader.read(bytes, pass);
    } catch (ReplyReader.Garbled garbled) {
      end(Loss.garbled(String.valueOf(garbled.getMessage())));
    } catch (RuntimeException failure) {
      log.atError().setCause(failure).log("A reply was not understood");
      end(Loss.of(failure));
    }
  }

  private void pass(SmtpReply reply) {
    if (open) {
      party.heard(reply);
    }
  }

  void write(String ascii) {
    write(Buffer.buffer(ascii));
  }

  void write(Buffer bytes) {
    if (open) {
      socket.write(bytes);
    }
  }

  boolean isFull() {
    return socket.writeQueueFull();
  }

  void whenDrained(Runnable then) {
    socket.drainHandler(
        _ -> {
          socket.drainHandler(null);
          if (open) {
            then.run();
          }
        });
  }

  void ringAfter(Duration duration) {
    ringAt(System.nanoTime() + duration.toNanos());
  }

  void ringAt(long nanoTime) {
    if (open) {
      alarm.at(nanoTime);
    }
  }

  /** Ends it and says why. */
  void end(Loss why) {
    if (open) {
      cut();
      party.lost(why);
    }
  }

  /** Ends it; nobody is told. Closing the socket politely would first wait for the other side. */
  @SuppressWarnings("FutureReturnValueIgnored")
  void cut() {
    open = false;
    alarm.off();
    socket.channelHandlerContext().close();
  }
}
