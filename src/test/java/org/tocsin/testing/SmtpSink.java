package org.tocsin.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail relay that swears to what it was given: every recipient, how often, under which
 * Message-IDs.
 */
public final class SmtpSink implements AutoCloseable {
  private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID: <([^@>]+)@");

  private final Map<String, ConcurrentLinkedQueue<String>> received = new ConcurrentHashMap<>();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE);
  private final SMTPServer server =
      SMTPServer.port(0)
          .bindAddress(InetAddress.getLoopbackAddress())
          .maxConnections(200)
          .simpleMessageListener(new Intake())
          .build();

  private final class Intake implements SimpleMessageListener {
    @Override
    public boolean accept(String from, String recipient) {
      return true;
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
      String raw = new String(data.readAllBytes(), StandardCharsets.UTF_8);
      gate.acquireUninterruptibly();
      Matcher id = MESSAGE_ID.matcher(raw);
      received
          .computeIfAbsent(recipient, who -> new ConcurrentLinkedQueue<>())
          .add(id.find() ? id.group(1) : "none");
    }
  }

  public SmtpSink start() {
    server.start();
    return this;
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** From here on only this many mails are taken; the rest wait with their connections. */
  public void takeOnly(int many) {
    gate.drainPermits();
    gate.release(many);
  }

  public void takeAll() {
    gate.drainPermits();
    gate.release(Integer.MAX_VALUE / 2);
  }

  public Set<String> recipients() {
    return received.keySet();
  }

  /** The Message-IDs under which a recipient got mail, in order. */
  public java.util.List<String> messagesOf(String recipient) {
    ConcurrentLinkedQueue<String> messages = received.get(recipient);
    return messages == null ? java.util.List.of() : java.util.List.copyOf(messages);
  }

  public int count() {
    return received.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum();
  }

  /** Nobody listens any more. */
  public void stop() {
    takeAll();
    server.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
