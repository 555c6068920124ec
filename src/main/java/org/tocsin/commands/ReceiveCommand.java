package org.tocsin.commands;

import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.bench.receiver.Faults;
import org.tocsin.bench.receiver.MailReception;
import org.tocsin.bench.receiver.Receiver;
import org.tocsin.bench.receiver.ReceiverSettings;
import org.tocsin.bench.receiver.Reception;
import org.tocsin.bench.receiver.WebhookReception;
import org.tocsin.channels.webhook.WebhookSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What a bench or a fault suite sends to, in a process of its own: prints one line of JSON with its
 * ports and ends with whoever started it.
 */
@Command(
    name = "receive",
    hidden = true,
    description = "Take mail or webhooks on this machine and count them, for a bench.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ReceiveCommand {
  @Spec private @Nullable CommandSpec spec;

  /** What both kinds of receiver can be told. */
  static final class Ways {
    @Option(names = "--port", defaultValue = "0", description = "Where to listen; 0 takes any.")
    private int port;

    @Option(
        names = "--control-port",
        defaultValue = "0",
        description = "Where to answer about itself; 0 takes any.")
    private int controlPort;

    @Option(
        names = "--addresses",
        defaultValue = "1",
        paramLabel = "N",
        description = "Listen on 127.0.0.1 to 127.0.0.N.")
    private int addresses;

    @Option(names = "--remember", description = "Keep every recipient and id as text.")
    private boolean remember;

    @Option(
        names = "--faults",
        defaultValue = "{}",
        paramLabel = "JSON",
        description = "How to misbehave from the beginning.")
    private String faults = "{}";
  }

  /** How closely mail is looked at. */
  enum Check {
    light,
    full
  }

  @Command(description = "Take mail.", mixinStandardHelpOptions = true)
  int smtp(
      @Mixin Ways ways,
      @Option(
              names = "--check",
              defaultValue = "light",
              description = "light looks at the header and the end, full at every line.")
          Check check,
      @Option(
              names = "--least-bytes",
              defaultValue = "0",
              description = "A shorter mail has a flaw.")
          int least,
      @Option(
              names = "--most-bytes",
              defaultValue = "2147483647",
              description = "A longer mail has a flaw.")
          int most)
      throws IOException {
    return receive(ways, new MailReception(check == Check.full, least, most));
  }

  @Command(description = "Take webhooks.", mixinStandardHelpOptions = true)
  int http(
      @Mixin Ways ways,
      @Option(
              names = "--secret",
              description = "Of all endpoints; without it, each has one of its own.")
          @Nullable String secret,
      @Option(
              names = "--verify-every",
              defaultValue = "1",
              paramLabel = "N",
              description = "Verify each N-th signature of a connection; 0 for none.")
          int verifyEvery)
      throws IOException {
    if (verifyEvery < 0 || (secret != null && !WebhookSignature.usable(secret))) {
      throw usage("--verify-every is not negative, --secret is a webhook secret");
    }
    return receive(ways, new WebhookReception(Optional.ofNullable(secret), verifyEvery));
  }

  private int receive(Ways ways, Reception reception) throws IOException {
    if (ways.addresses < 1 || ways.addresses > 254) {
      throw usage("--addresses is 1 to 254");
    }
    Receiver receiver =
        new Receiver(
            new ReceiverSettings(
                reception,
                ways.port,
                ways.controlPort,
                ways.addresses,
                ways.remember,
                faults(ways.faults)),
            InstantSource.system());
    Vertx vertx = Vertx.vertx();
    vertx.deployVerticle(receiver).await();
    PrintWriter out = spec().commandLine().getOut();
    out.println(
        new JsonObject()
            .put("port", receiver.port())
            .put("control_port", receiver.controlPort())
            .put("pid", ProcessHandle.current().pid())
            .encode());
    out.flush();
    waitForTheEndOf(System.in);
    vertx.close().await();
    return 0;
  }

  private Faults faults(String json) {
    try {
      return Faults.of(new JsonObject(json));
    } catch (DecodeException | IllegalArgumentException | ClassCastException wrong) {
      throw usage("--faults: " + wrong.getMessage());
    }
  }

  /** It ends when whoever holds the other side closes it or dies, however suddenly. */
  private static void waitForTheEndOf(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec().commandLine(), what);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli fills this in");
    }
    return spec;
  }
}
