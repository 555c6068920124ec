package org.tocsin.channels.email;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channels.Channel;
import org.tocsin.channels.Destination;
import org.tocsin.channels.Envelope;
import org.tocsin.channels.Outcome;
import org.tocsin.channels.Outcome.Reason;
import org.tocsin.channels.Outcome.Refused;
import org.tocsin.channels.Parcel;
import org.tocsin.channels.Plate;
import org.tocsin.channels.email.dkim.DkimSigner;
import org.tocsin.channels.email.smtp.RelayFault;
import org.tocsin.channels.email.smtp.SmtpLane;
import org.tocsin.channels.email.smtp.SmtpLimits;
import org.tocsin.channels.email.smtp.SmtpMessage;
import org.tocsin.channels.email.smtp.SmtpTimes;
import org.tocsin.platform.config.Settings;

/** Prints one message for one mailbox and takes it to the relay. */
public final class EmailChannel implements Channel, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmailChannel.class);

  /** For a connection. From then on each answer has its own time, see {@link SmtpTimes}. */
  static final Duration DEADLINE = Duration.ofSeconds(60);

  private final SinglePost single;
  private final SmtpLane bulk;
  private final MailSender sender;
  private final DkimSigner signer;
  private final List<String> allowedDomains;
  private final InstantSource clock;

  /**
   * @param host of the relay, or of the captured mailbox where {@code smtp.host} is absent, which
   *     is spoken to without TLS and login
   * @param probe of the same relay
   * @param faults hears of each connection that could not be made, on an event loop
   */
  public EmailChannel(
      Vertx vertx,
      Settings settings,
      String host,
      int port,
      RelayProbe probe,
      Consumer<RelayFault> faults,
      InstantSource clock) {
    this(
        settings,
        new SinglePost(vertx, SinglePost.relay(settings, host, port), probe, DEADLINE, faults),
        new SmtpLane(vertx, Relays.of(settings, host, port, SmtpLimits.USUAL), faults),
        clock);
  }

  /** With a probe of its own, and nobody who hears of faults. */
  public EmailChannel(Vertx vertx, Settings settings, String host, int port, InstantSource clock) {
    this(vertx, settings, host, port, new RelayProbe(vertx, settings, host, port), _ -> {}, clock);
  }

  EmailChannel(Settings settings, SinglePost single, SmtpLane bulk, InstantSource clock) {
    this.single = single;
    this.bulk = bulk;
    this.sender = MailSender.of(settings);
    this.signer = DkimSigner.of(settings.smtp().dkim());
    this.allowedDomains = settings.mail().allowedDomains();
    this.clock = clock;
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Plate plate(JsonObject content, Manner manner) {
    MailForm form;
    try {
      form = new MailForm(sender, signer, MailContent.fromJson(content));
    } catch (RuntimeException failure) {
      Parcel refused = Parcel.refused(unsendable(failure));
      return envelope -> refused;
    }
    return switch (manner) {
      case SINGLE -> envelope -> print(form, envelope, single::send);
      case BULK -> envelope -> print(form, envelope, mail -> bulk.send(submission(mail)));
      case STOP -> envelope -> print(form, envelope, mail -> bulk.sendFirst(submission(mail)));
    };
  }

  /** The size is an upper bound: stuffed dots count. */
  private static SmtpMessage submission(WrittenMail mail) {
    return new SmtpMessage(
        mail.sender().address(), mail.to().address(), mail.data(), mail.data().length(), false);
  }

  private Parcel print(
      MailForm form, Envelope envelope, Function<WrittenMail, Future<Outcome>> post) {
    if (!(envelope.destination() instanceof Destination.Mailbox(String address))) {
      return Parcel.refused(unsendable("not a mailbox"));
    }
    Optional<MailAddress> to = MailAddress.parse(address);
    if (to.isEmpty()) {
      return Parcel.refused(unsendable("an address that mail cannot carry"));
    }
    if (!allowedDomains.isEmpty() && !to.get().isWithin(allowedDomains)) {
      return Parcel.refused(
          new Refused(
              "forbidden domain", "mail.allowed_domains does not name it", Reason.FORBIDDEN));
    }
    try {
      WrittenMail mail = form.print(envelope.id(), to.get(), envelope.holes(), clock.instant());
      return () -> post.apply(mail);
    } catch (RuntimeException failure) {
      return Parcel.refused(unsendable(failure));
    }
  }

  private static Refused unsendable(RuntimeException failure) {
    if (failure instanceof Unsendable reason) {
      return unsendable(String.valueOf(reason.getMessage()));
    }
    log.atError().setCause(failure).log("Not a message");
    return unsendable("not a message");
  }

  private static Refused unsendable(String why) {
    return new Refused("unsendable", why, Reason.UNSENDABLE);
  }

  /** Ends the connections; what is in flight should have ended before. */
  @Override
  public void close() {
    single.close();
    bulk.close();
  }
}
