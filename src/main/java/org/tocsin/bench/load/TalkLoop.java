package org.tocsin.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Holds many talks at once on the calling thread: one read and one write a message, and no thread
 * is woken for another's sake. Bare NIO, because it is to show what the machine can do.
 */
final class TalkLoop implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Selector selector = Selector.open();
  private final ByteBuffer read = ByteBuffer.allocateDirect(64 * 1024);
  private final List<SocketChannel> channels = new ArrayList<>();
  private int talking;

  /** All connections stand before the first one speaks. */
  TalkLoop(int port, int connections) throws IOException {
    InetSocketAddress receiver = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(receiver);
      channels.add(channel);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
    }
  }

  /** A talk over a channel, and what the channel did not take yet. */
  private static final class Line {
    private final SocketChannel channel;
    private final Talk talk;
    private ByteBuffer unwritten = NOTHING;

    Line(SocketChannel channel, Talk talk) {
      this.channel = channel;
      this.talk = talk;
    }
  }

  /**
   * @throws IOException where the receiver does not answer, or not well
   */
  void run(Supplier<Talk> talks) throws IOException {
    for (SocketChannel channel : channels) {
      Line line = new Line(channel, talks.get());
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ, line);
      talking++;
      if (line.talk.answered(NOTHING)) {
        speak(key, line);
      }
    }
    try {
      while (talking > 0) {
        if (selector.select(key -> turn(key, (Line) key.attachment()), PATIENCE_MS) == 0) {
          throw new SocketTimeoutException("no answer for " + PATIENCE_MS + " ms");
        }
      }
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private void turn(SelectionKey key, Line line) {
    try {
      if (line.unwritten.hasRemaining()) {
        write(key, line);
      } else if (heard(line)) {
        speak(key, line);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean heard(Line line) throws IOException {
    read.clear();
    if (line.channel.read(read) < 0) {
      throw new EOFException("the receiver closed in the middle");
    }
    return line.talk.answered(read.flip());
  }

  private void speak(SelectionKey key, Line line) throws IOException {
    line.unwritten = line.talk.next();
    if (line.unwritten.hasRemaining()) {
      write(key, line);
    } else {
      talking--;
      line.channel.close();
    }
  }

  private static void write(SelectionKey key, Line line) throws IOException {
    line.channel.write(line.unwritten);
    int wanted = line.unwritten.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel channel : channels) {
      channel.close();
    }
    selector.close();
  }
}
