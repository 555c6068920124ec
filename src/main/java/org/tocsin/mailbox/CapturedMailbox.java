package org.tocsin.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.subethamail.smtp.TooMuchDataException;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Takes every mail and delivers none: the end of the line for a demo's mail. */
public final class CapturedMailbox implements AutoCloseable {
  private static final int MOST = 20_000;
  private static final int LARGEST_BYTES = 5 * 1024 * 1024;

  private final MailIndex mails;
  private final SMTPServer server;
  private final InstantSource clock;
  private final AtomicInteger number = new AtomicInteger();

  private CapturedMailbox(MailIndex mails, InstantSource clock) {
    this.mails = mails;
    this.clock = clock;
    this.server =
        SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .maxMessageSize(LARGEST_BYTES)
            .insertReceivedHeaders(false)
            .simpleMessageListener(new Intake())
            .build();
  }

  /** Opens the mailbox over what earlier runs left in the folder, and listens on a free port. */
  public static CapturedMailbox open(Path folder, InstantSource clock) {
    CapturedMailbox mailbox = new CapturedMailbox(new MailIndex(folder, MOST), clock);
    mailbox.server.start();
    return mailbox;
  }

  private final class Intake implements SimpleMessageListener {
    @Override
    public boolean accept(String from, String recipient) {
      return true;
    }

    @Override
    public void deliver(String from, String recipient, InputStream data) throws IOException {
      byte[] raw = data.readNBytes(LARGEST_BYTES + 1);
      if (raw.length > LARGEST_BYTES) {
        throw new TooMuchDataException("larger than this mailbox takes");
      }
      mails.add(MailIndex.id(clock.instant(), number.incrementAndGet()), from, recipient, raw);
    }
  }

  public int port() {
    return server.getPortAllocated();
  }

  /**
   * Newest first.
   *
   * @param to a whole address, or a part of one
   */
  public List<CapturedMail> list(Optional<String> to, Optional<String> before, int limit) {
    return mails.list(to, before, limit).stream()
        .map(entry -> MailParser.parse(entry, mails.raw(entry)))
        .toList();
  }

  public Optional<CapturedMail> find(String id) {
    return mails.find(id).map(entry -> MailParser.parse(entry, mails.raw(entry)));
  }

  /** The mail's source, byte for byte. */
  public Optional<byte[]> raw(String id) {
    return mails.find(id).map(mails::raw);
  }

  @Override
  public void close() {
    server.stop();
  }
}
