package org.tocsin.channels.email;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A relay that answers as the test says: by the first word of the command, by {@code greeting}, or
 * by {@code .} after the final dot.
 */
public final class ScriptedRelay implements AutoCloseable {
  /** Instead of a reply: close the connection. */
  static final String DROP = "drop";

  /** Instead of a reply: none, until {@link #answerAtLast()}, and then the usual one. */
  static final String HANG = "hang";

  private static final Map<String, String> POLITE =
      Map.of(
          "greeting", "220 relay.example ESMTP",
          "EHLO",
              "250-relay.example\r\n250-SIZE 1000000\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES",
          "MAIL", "250 2.1.0 ok",
          "RCPT", "250 2.1.5 ok",
          "DATA", "354 go ahead",
          ".", "250 2.0.0 queued",
          "RSET", "250 2.0.0 ok",
          "QUIT", "221 2.0.0 bye");

  public final List<String> commands = new CopyOnWriteArrayList<>();
  final List<String> messages = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  private final Map<String, String> script = new ConcurrentHashMap<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;

  public ScriptedRelay() {
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  ScriptedRelay answering(String command, String reply) {
    script.put(command, reply);
    return this;
  }

  void answerAtLast() {
    hanging.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean talking = reply(socket, "greeting");
      while (talking) {
        String line = line(in);
        talking = line != null && obey(socket, in, line);
      }
    } catch (IOException | InterruptedException ended) {
      // so ends this conversation
    }
  }

  private boolean obey(Socket socket, InputStream in, String line)
      throws IOException, InterruptedException {
    commands.add(line);
    String command = line.split(" ")[0];
    boolean talking = reply(socket, command) && !command.equals("QUIT");
    if (command.equals("DATA") && answer(command).startsWith("354")) {
      messages.add(message(in));
      talking = reply(socket, ".");
    }
    return talking;
  }

  private boolean reply(Socket socket, String command) throws IOException, InterruptedException {
    String answer = answer(command);
    if (answer.equals(DROP)) {
      return false;
    }
    if (answer.equals(HANG)) {
      hanging.await();
      answer = POLITE.getOrDefault(command, "500 5.5.2 what");
    }
    socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  private String answer(String command) {
    return script.getOrDefault(command, POLITE.getOrDefault(command, "500 5.5.2 what"));
  }

  private static String message(InputStream in) throws IOException {
    StringBuilder message = new StringBuilder();
    for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
      message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    return message.toString();
  }

  /** Ends at CRLF only: a bare CR or LF stays in the line and would be seen. */
  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = -1;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (last == '\r' && next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
      }
      line.write(next);
      last = next;
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    answerAtLast();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
