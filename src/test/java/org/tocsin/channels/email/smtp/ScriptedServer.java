package org.tocsin.channels.email.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server that keeps to the protocol but for what the test tells it, and swears to what it
 * has taken: it knows a message from the moment it has read its final dot.
 */
final class ScriptedServer implements AutoCloseable {
  /** Instead of a reply: close the connection. */
  static final String DROP = "drop";

  /** Instead of a reply: nothing, until the server ends. */
  static final String HANG = "hang";

  /** Instead of a reply: a byte now and then, and never the end of the line. */
  static final String DRIP = "drip";

  /** To DATA: 354, and then nothing more is read. */
  static final String DEAF = "deaf";

  /** Before a reply: give it when the next command is there already. */
  static final String AFTER_MORE = "after more: ";

  /** Before a reply: give it when {@link #told} allows one more. */
  static final String WHEN_TOLD = "when told: ";

  static final int NEVER = Integer.MAX_VALUE;

  private record Rule(String command, String reply) {}

  /** What was taken, with the dots as they came. */
  record Taken(String from, String to, String data) {}

  final List<String> commands = new CopyOnWriteArrayList<>();
  final List<Taken> taken = new CopyOnWriteArrayList<>();

  /** Recipients of messages that were asked for with 354. */
  final Set<String> invited = ConcurrentHashMap.newKeySet();

  /** Recipients of messages of which a line was read. */
  final Set<String> begun = ConcurrentHashMap.newKeySet();

  /** Recipients of messages whose acceptance was said to the end. */
  final Set<String> answered = ConcurrentHashMap.newKeySet();

  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger mostOpen = new AtomicInteger();
  final Semaphore told = new Semaphore(0);
  final CountDownLatch over = new CountDownLatch(1);

  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;

  volatile String offers = "PIPELINING SIZE_10000000 8BITMIME ENHANCEDSTATUSCODES";
  volatile String offersOverTls = "PIPELINING";
  volatile @Nullable SSLContext tls;
  volatile boolean byteByByte;
  volatile int mostConnections = NEVER;
  volatile int sentBeforeCut = NEVER;
  volatile int readBeforeCut = NEVER;

  ScriptedServer() {
    this(0);
  }

  private ScriptedServer(int port) {
    try {
      listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::accept);
  }

  static ScriptedServer at(int port) {
    return new ScriptedServer(port);
  }

  int port() {
    return listener.getLocalPort();
  }

  /**
   * @param command how the line begins, or {@code greeting}, or {@code .} with the recipient behind
   *     it; what was said last goes first
   */
  ScriptedServer on(String command, String reply) {
    rules.addFirst(new Rule(command, reply));
    return this;
  }

  /** Where nothing else was said of it. */
  ScriptedServer otherwiseOn(String command, String reply) {
    rules.addLast(new Rule(command, reply));
    return this;
  }

  String reply(String command, String otherwise) {
    return rules.stream()
        .filter(rule -> command.startsWith(rule.command()))
        .findFirst()
        .map(Rule::reply)
        .orElse(otherwise);
  }

  boolean hasTaken(String recipient) {
    return taken.stream().anyMatch(message -> message.to().equals(recipient));
  }

  /** Ends its half of every connection; it is gone when the other half is. */
  void hangUp(String lastWords) {
    for (Socket socket : sockets) {
      try {
        socket.getOutputStream().write(lastWords.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
      } catch (IOException gone) {
        // it ended earlier
      }
    }
    sockets.clear();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        int number = connections.incrementAndGet();
        int now = open.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
        Thread.ofVirtual().start(() -> serve(socket, number == 1, now > mostConnections));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket, boolean first, boolean tooMany) {
    ScriptedConversation conversation =
        new ScriptedConversation(
            this, socket, first ? readBeforeCut : NEVER, first ? sentBeforeCut : NEVER);
    try (socket) {
      conversation.run(tooMany);
    } catch (IOException | InterruptedException ended) {
      // so ends this conversation
    } finally {
      conversation.leave();
    }
  }

  @Override
  public void close() {
    over.countDown();
    told.release(NEVER / 2);
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
