package org.tocsin.commands;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.tocsin.channels.webhook.WebhookSignature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Receives webhooks on this machine: for whoever writes a receiver and wants to see what comes. */
@Command(
    name = "listen",
    description = "Receive webhooks on this machine, verify and print them.",
    mixinStandardHelpOptions = true)
public final class ListenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      defaultValue = "9000",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  private int port = 9_000;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "On which address (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--secret",
      paramLabel = "KEY",
      description =
          "The endpoint's secret (whsec_…) or public key (whpk_…); give both during a rotation. "
              + "Without one nothing is verified.")
  private List<String> secrets = List.of();

  @Option(
      names = "--answer",
      paramLabel = "STATUS",
      defaultValue = "200",
      description = "What to answer to a genuine webhook, e.g. 503 to see it tried again.")
  private int answer = 200;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535 || answer < 200 || answer > 599) {
      throw usage("--port is from 0 to 65535, --answer from 200 to 599");
    }
    for (String secret : secrets) {
      if (!WebhookSignature.usable(secret)) {
        throw usage("--secret is not a webhook secret: whsec_… or whpk_… and base64");
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    Vertx vertx = Vertx.vertx();
    int listening =
        new WebhookListener(secrets, answer, InstantSource.system(), out).listen(vertx, host, port);
    out.println(
        "Listening on http://" + host + ":" + listening + "/ – register this URL, Ctrl-C ends.");
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private ParameterException usage(String what) {
    return new ParameterException(spec.commandLine(), what);
  }
}
