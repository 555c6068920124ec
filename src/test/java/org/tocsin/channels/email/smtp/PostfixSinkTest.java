package org.tocsin.channels.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channels.Outcome.Accepted;

/**
 * A server that somebody else wrote: Postfix's {@code smtp-sink} (Debian: {@code postfix}), which
 * keeps what it takes.
 */
@ExtendWith(VertxExtension.class)
class PostfixSinkTest {
  private static Vertx vertx;
  private static final int MANY = 1_000;
  private static final Pattern RECIPIENT = Pattern.compile("(?m)^X-Rcpt-Args: <(.*)>");

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @Test
  void manyMessagesArriveOnceEachAtPostfixsSinkAndWhereThatIsMissingAtTheScriptedServer(
      @TempDir Path folder) throws IOException, InterruptedException {
    Optional<Path> sink = sink();
    if (sink.isEmpty()) {
      try (ScriptedServer server = new ScriptedServer()) {
        send(server.port());
        arrived(server.taken.stream().map(ScriptedServer.Taken::to));
      }
      return;
    }
    Path dump = folder.resolve("taken");
    int port = freePort();
    Process process = start(sink.get(), dump, port);
    try {
      eventually("smtp-sink listens", () -> listens(port));
      send(port);
    } finally {
      process.destroy();
      process.waitFor();
    }
    String taken = Files.readString(dump, StandardCharsets.ISO_8859_1);
    arrived(RECIPIENT.matcher(taken).results().map((MatchResult found) -> found.group(1)));
    assertThat(taken.replace("\r", "").split("\n\\.a line that began with a dot\n", -1))
        .hasSize(MANY + 1);
  }

  private static void send(int port) {
    List<SmtpMessage> messages =
        IntStream.range(0, MANY)
            .mapToObj(i -> Bulk.message("r" + i + "@x.example", body(i)))
            .toList();
    try (SmtpLane lane = new SmtpLane(vertx, Bulk.connections(Bulk.relay(port), 4, 100))) {
      assertThat(Bulk.sendAll(lane, messages)).containsOnly(new Accepted("250"));
    }
  }

  private static String body(int i) {
    return Bulk.ofSize(i % 50 == 0 ? 500_000 : 5_000) + "..a line that began with a dot\r\n";
  }

  private static void arrived(Stream<String> recipients) {
    assertThat(recipients)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, MANY).mapToObj(i -> "r" + i + "@x.example").toList());
  }

  private static Optional<Path> sink() {
    return Stream.concat(
            Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, "smtp-sink"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** It wants to be told to stay what it is, if it is root. */
  private static Process start(Path sink, Path dump, int port) throws IOException {
    List<String> command = new ArrayList<>(List.of(sink.toString(), "-D", dump.toString()));
    String user = System.getProperty("user.name");
    if ("root".equals(user)) {
      command.addAll(List.of("-u", user));
    }
    command.addAll(List.of("127.0.0.1:" + port, "100"));
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return unused.getLocalPort();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }
}
