package org.tocsin.bench.receiver;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A receiver in a process of its own, so that it shares nothing with what is measured but the
 * machine. It ends with whoever started it, even when that is killed.
 */
public final class ReceiverProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  /** A collector without threads of its own: the cores belong to what is measured. */
  private static final List<String> JVM =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final boolean smtp;
  private final Process process;
  private final JsonObject announced;
  private final RemoteReceiver remote;

  private ReceiverProcess(boolean smtp, Process process, JsonObject announced) {
    this.smtp = smtp;
    this.process = process;
    this.announced = announced;
    this.remote = new RemoteReceiver(announced.getInteger("control_port"));
  }

  /**
   * @param options of {@code tocsin receive}, e.g. {@code smtp --remember}
   * @throws IllegalStateException where it does not begin; it has said why on standard error
   */
  public static ReceiverProcess start(String... options) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(JVM);
    line.addAll(
        List.of("-classpath", System.getProperty("java.class.path"), "org.tocsin.App", "receive"));
    line.addAll(List.of(options));
    Process process =
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String first = out.readLine();
    if (first == null) {
      throw new IllegalStateException("the receiver did not begin");
    }
    Thread.ofPlatform().daemon().name("receiver output").start(() -> drain(out));
    return new ReceiverProcess(List.of(options).contains("smtp"), process, new JsonObject(first));
  }

  /** A full pipe would stop it. Who reads a pipe holds a core's one carrier of virtual threads. */
  private static void drain(BufferedReader out) {
    try (out) {
      out.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // nobody writes there any more
    }
  }

  /** Whether a hub may take it for its relay. */
  public boolean speaksSmtp() {
    return smtp;
  }

  /** Where it takes what is sent. */
  public int port() {
    return announced.getInteger("port");
  }

  public RemoteReceiver remote() {
    return remote;
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * @throws IllegalStateException where it had to be killed
   */
  @Override
  public void close() throws IOException {
    remote.close();
    process.getOutputStream().close();
    if (!ended()) {
      process.destroyForcibly();
      throw new IllegalStateException("the receiver did not end by itself");
    }
  }

  private boolean ended() {
    try {
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
