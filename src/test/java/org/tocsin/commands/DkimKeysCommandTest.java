package org.tocsin.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.channels.email.dkim.DkimExamination;
import org.tocsin.channels.email.dkim.PublishedKey;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.SettingsLoader;
import picocli.CommandLine;

/** What is printed can be pasted: the records into a zone, the settings into their file. */
class DkimKeysCommandTest {
  private final StringWriter out = new StringWriter();
  private Path conf;

  @BeforeEach
  void configure(@TempDir Path folder) throws IOException {
    conf =
        Files.writeString(
            folder.resolve("tocsin.yaml"),
            "demo: true\ndata_dir: " + folder + "\nmail.from: news@committee.example\n");
  }

  @Test
  void thePrintedSettingsNameTheKeysThatThePrintedRecordsPublish() throws IOException {
    assertThat(run("committee.example", "2026a")).isZero();
    String printed = out.toString();
    String settings = printed.substring(printed.indexOf("smtp:"), printed.indexOf("3. "));
    Files.writeString(conf, Files.readString(conf) + settings);
    Dkim dkim = SettingsLoader.fromFile(conf, Map.of()).smtp().dkim().orElseThrow();
    List<PublishedKey> keys = new DkimExamination(dkim).records();
    assertThat(keys).hasSize(2);
    assertThat(printed.lines()).containsAll(keys.stream().map(PublishedKey::zoneLine).toList());
    assertThat(printed.lines().filter(line -> line.contains("IN TXT")))
        .allSatisfy(
            line -> assertThat(line).matches("[a-z0-9._-]+\\. IN TXT \\( (\"[^\"]{1,255}\" )+\\)"));
  }

  @Test
  void keysThatAreThereStayAsTheyAre() {
    assertThat(run("committee.example", "2026a")).isZero();
    assertThat(run("committee.example", "2026a")).isOne();
    assertThat(run("committee.example", "2026b")).isZero();
  }

  private int run(String domain, String selector) {
    return new CommandLine(new KeysCommand())
        .setExecutionExceptionHandler((failure, line, parsed) -> 1)
        .setOut(new PrintWriter(out))
        .execute("dkim", "--domain", domain, "--selector", selector, "--conf", conf.toString());
  }
}
