package org.tocsin.bench.receiver;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A connection by hand: writes text, reads lines, knows when the other side closed. */
final class Wire implements AutoCloseable {
  static final String CLOSED = "closed";
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;

  Wire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
  }

  void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  void writeByteByByte(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      write(text.substring(i, i + 1));
    }
  }

  /** Without its end; {@link #CLOSED} where nothing comes any more. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    int one = read();
    while (one >= 0 && one != '\n') {
      line.append((char) one);
      one = read();
    }
    return one < 0 ? CLOSED : line.toString().strip();
  }

  /** Whether nothing that was not read has come so far. */
  boolean isSilent() throws IOException {
    return socket.getInputStream().available() == 0;
  }

  private int read() throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketException reset) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
