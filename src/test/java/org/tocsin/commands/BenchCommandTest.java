package org.tocsin.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * Each bench runs, verifies what was received and prints its figure; how quick this machine is does
 * not matter here.
 */
class BenchCommandTest {
  /** Hubs that live for some seconds. */
  private static final String BRIEF = "--jvm=-XX:TieredStopAtLevel=1 --jvm=-XX:+UseSerialGC";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "email --recipients 400 --seconds 1 --nodes 2 --dkim, messages/s, true",
    "webhook --recipients 300 --seconds 1, requests/s, true",
    // an issue that is over before the alert shows nothing of what the bench is there to show
    "urgent --recipients 100 --seconds 1, ms (p99 from release to receipt), false"
  })
  void printsItsFigureBesideTheLimitAndWhetherAllWasReceived(
      String line, String unit, boolean verified) {
    assertFigure(line, unit, verified);
  }

  @ParameterizedTest
  @Tag("long")
  @CsvSource({
    "snapshot --recipients 4000 --seconds 1, recipients/s",
    "memory --recipients 400 --seconds 1, MB of heap at most",
    "decay --recipients 400 --seconds 1 --old-outcomes 2000 --dead-endpoints 20 --held-minutes 0,"
        + " messages/s"
  })
  void soDoTheOthers(String line, String unit) {
    assertFigure(line, unit, true);
  }

  private void assertFigure(String line, String unit, boolean verified) {
    assertThat(run((line + " " + BRIEF).split(" "))).isEqualTo(verified ? 0 : 1);
    JsonObject figure = new JsonObject(out.toString().lines().toList().getLast());
    assertThat(figure.getString("bench")).isEqualTo(line.substring(0, line.indexOf(' ')));
    assertThat(figure.getString("unit")).isEqualTo(unit);
    assertThat(figure.getBoolean("verified")).isEqualTo(verified);
    double ratio = figure.getDouble("figure") / figure.getDouble("raw_limit");
    assertThat(figure.getDouble("ratio")).isPositive().isCloseTo(ratio, within(0.01 + ratio / 100));
    assertThat(figure.getJsonObject("machine").getInteger("cores")).isPositive();
    assertThat(figure.getJsonObject("versions").getString("postgresql")).isNotEmpty();
    assertThat(figure.getJsonObject("settings").getString("synchronous_commit")).isEqualTo("on");
    assertThat(figure.getJsonObject("settings").getString("jvm")).endsWith("SerialGC");
  }

  @ParameterizedTest
  @CsvSource({
    "snapshot --recipients 0, --recipients",
    "memory --seconds 0, --seconds",
    "email --nodes -1, --nodes",
    "decay --dead-endpoints 0, --dead-endpoints"
  })
  void refusesWhatCannotBeMeasuredAndNamesTheOption(String line, String option) {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).contains(option + " is ").contains("must be at least");
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... line) {
    return new CommandLine(new BenchCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(line);
  }
}
