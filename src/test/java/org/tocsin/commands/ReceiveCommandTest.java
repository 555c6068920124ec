package org.tocsin.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.bench.load.BareLoad;
import org.tocsin.bench.load.BareSmtpClient;
import org.tocsin.bench.receiver.ReceiverProcess;
import picocli.CommandLine;

class ReceiveCommandTest {
  @Test
  void aReceiverSaysItsPortsCountsAndEndsWithItsParent() throws Exception {
    ProcessHandle process;
    try (ReceiverProcess receiver =
        ReceiverProcess.start(
            "smtp", "--check", "full", "--remember", "--faults", "{\"delay_ms\": 1}")) {
      process = receiver.handle();
      BareSmtpClient.run(new BareLoad(receiver.port(), 2, 1, 10, Duration.ofMinutes(1)), 1_000);
      assertThat(receiver.remote().state().getLong("acknowledged")).isEqualTo(10);
      assertThat(receiver.remote().received().lines()).hasSize(10);
    }
    process.onExit().get(90, TimeUnit.SECONDS);
  }

  @Test
  void aReceiverEndsWhenItIsAskedTo() throws Exception {
    try (ReceiverProcess receiver = ReceiverProcess.start("http", "--verify-every", "10")) {
      assertThat(receiver.handle().destroy()).isTrue();
      receiver.handle().onExit().get(90, TimeUnit.SECONDS);
    }
  }

  @Test
  void aReceiverThatCannotBeginIsToldOf() {
    assertThatThrownBy(() -> ReceiverProcess.start("smtp", "--faults", "{\"delay\": 1}"))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtp --faults {\"delay\":1}",
        "smtp --check some",
        "http --secret whsec_c2hvcnQ=",
        "http --verify-every -1",
        "pigeon"
      })
  void wrongUsageIsTwo(String arguments) {
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(new ReceiveCommand())
            .setErr(new PrintWriter(err))
            .execute(arguments.split(" "));
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).isNotEmpty().doesNotContain("c2hvcnQ=");
  }
}
