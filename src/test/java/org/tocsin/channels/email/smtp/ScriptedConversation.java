package org.tocsin.channels.email.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link ScriptedServer}, which is cut after so many bytes either way. */
final class ScriptedConversation {
  private static final int DRIP_MILLIS = 30;

  private final ScriptedServer server;
  private Socket socket;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private int toRead;
  private int toSend;
  private boolean encrypted;
  private boolean left;
  private @Nullable String from;
  private @Nullable String to;

  ScriptedConversation(ScriptedServer server, Socket socket, int toRead, int toSend) {
    this.server = server;
    this.socket = socket;
    this.toRead = toRead;
    this.toSend = toSend;
  }

  void run(boolean tooMany) throws IOException, InterruptedException {
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 65_536);
    out = socket.getOutputStream();
    boolean talking = say("greeting", tooMany ? "421 4.7.0 too many connections" : "220 hello");
    while (talking) {
      String line = line();
      if (line == null) {
        return;
      }
      server.commands.add(line);
      talking = obey(line);
    }
  }

  /**
   * It counts as open until it has heard QUIT, and not until the other side has heard the answer.
   */
  void leave() {
    if (!left) {
      left = true;
      server.open.decrementAndGet();
    }
  }

  private boolean obey(String line) throws IOException, InterruptedException {
    String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO" -> say(line, offers());
      case "STARTTLS" -> say(line, "220 go ahead") && encrypt();
      case "MAIL" -> mail(line);
      case "RCPT" -> rcpt(line);
      case "DATA" -> data(line);
      case "RSET" -> {
        from = null;
        to = null;
        yield say(line, "250 2.0.0 forgotten");
      }
      case "QUIT" -> {
        leave();
        say(line, "221 2.0.0 bye");
        yield false;
      }
      default -> say(line, "500 5.5.2 what");
    };
  }

  private String offers() {
    StringBuilder reply = new StringBuilder("250-server.example greets you");
    for (String offer : (encrypted ? server.offersOverTls : server.offers).split(" ")) {
      reply.append("\r\n250-").append(offer.replace('_', ' '));
    }
    return reply.append("\r\n250 HELP").toString();
  }

  private boolean encrypt() throws IOException {
    SSLSocket over =
        (SSLSocket)
            Objects.requireNonNull(server.tls)
                .getSocketFactory()
                .createSocket(socket, null, socket.getPort(), true);
    over.setUseClientMode(false);
    over.startHandshake();
    socket = over;
    in = new BufferedInputStream(over.getInputStream());
    out = over.getOutputStream();
    encrypted = true;
    return true;
  }

  private boolean mail(String line) throws IOException, InterruptedException {
    String reply = from == null ? server.reply(line, "250 2.1.0 ok") : "503 5.5.1 nested MAIL";
    if (said(reply).startsWith("2")) {
      from = path(line);
    }
    return say(reply);
  }

  private boolean rcpt(String line) throws IOException, InterruptedException {
    String reply = server.reply(line, from == null ? "503 5.5.1 need MAIL" : "250 2.1.5 ok");
    if (said(reply).startsWith("2")) {
      to = path(line);
    }
    return say(reply);
  }

  private static String path(String line) {
    return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
  }

  private boolean data(String line) throws IOException, InterruptedException {
    String reply =
        server.reply(line, to == null ? "554 5.5.1 no valid recipients" : "354 go ahead");
    boolean talking = say(reply);
    if (!talking || !said(reply).startsWith("354")) {
      return talking;
    }
    server.invited.add(Objects.requireNonNullElse(to, "nobody"));
    return message();
  }

  private boolean message() throws IOException, InterruptedException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String line = line(); !".".equals(line); line = line()) {
      if (line == null) {
        return false;
      }
      server.begun.add(Objects.requireNonNullElse(to, "nobody"));
      data.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    String recipient = Objects.requireNonNullElse(to, "nobody");
    String sender = Objects.requireNonNullElse(from, "nobody");
    server.taken.add(
        new ScriptedServer.Taken(sender, recipient, data.toString(StandardCharsets.ISO_8859_1)));
    from = null;
    to = null;
    String reply = server.reply("." + recipient, "250 2.0.0 queued");
    boolean talking = say(reply);
    if (talking && said(reply).startsWith("250")) {
      server.answered.add(recipient);
    }
    return talking;
  }

  private boolean say(String command, String otherwise) throws IOException, InterruptedException {
    return say(server.reply(command, otherwise));
  }

  /** The reply itself, without when it is given. */
  private static String said(String reply) {
    return reply.replace(ScriptedServer.AFTER_MORE, "").replace(ScriptedServer.WHEN_TOLD, "");
  }

  /** False if nothing more is to be said. */
  private boolean say(String reply) throws IOException, InterruptedException {
    if (reply.startsWith(ScriptedServer.AFTER_MORE)) {
      in.mark(1);
      in.read();
      in.reset();
    } else if (reply.startsWith(ScriptedServer.WHEN_TOLD)) {
      server.told.acquire();
    }
    return switch (reply) {
      case ScriptedServer.DROP -> false;
      case ScriptedServer.HANG -> {
        server.over.await();
        yield false;
      }
      case ScriptedServer.DEAF -> {
        send("354 go ahead\r\n");
        server.over.await();
        yield false;
      }
      case ScriptedServer.DRIP -> {
        send("250-");
        while (!server.over.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
          send("x");
        }
        yield false;
      }
      default -> {
        send(said(reply) + "\r\n");
        yield !said(reply).startsWith("421");
      }
    };
  }

  private void send(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int whole = Math.min(bytes.length, toSend);
    toSend -= whole;
    int step = server.byteByByte ? 1 : Math.max(1, whole);
    for (int sent = 0; sent < whole; sent += step) {
      out.write(bytes, sent, Math.min(step, whole - sent));
      out.flush();
    }
    if (whole < bytes.length) {
      throw new IOException("cut while sending");
    }
  }

  /** Ends at CRLF only: a bare CR or LF stays in the line and would be seen. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int last = -1;
    for (int next = read(); next >= 0; next = read()) {
      if (last == '\r' && next == '\n') {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.substring(0, text.length() - 1);
      }
      line.write(next);
      last = next;
    }
    return null;
  }

  private int read() throws IOException {
    if (toRead-- <= 0) {
      throw new IOException("cut while reading");
    }
    return in.read();
  }
}
