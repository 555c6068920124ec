package org.tocsin.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Error Prone and NullAway find nothing in any source file. They take several times as long as to
 * compile, and one core, so they look beside other tests, in a compiler of their own.
 */
@Order(3)
class ErrorProneTest {
  private static final String CHECKS =
      String.join(
          " ",
          "-Xplugin:ErrorProne",
          "-XepDisableWarningsInGeneratedCode",
          "-XepExcludedPaths:.*/generated-sources/.*",
          "-Xep:StringSplitter:OFF",
          "-Xep:MissingSummary:OFF",
          "-Xep:EnumOrdinal:OFF",
          "-Xep:ArrayRecordComponent:OFF",
          "-Xep:JavaTimeDefaultTimeZone:OFF",
          "-Xep:NullAway:ERROR",
          "-XepOpt:NullAway:OnlyNullMarked=true",
          "-XepOpt:NullAway:JSpecifyMode=true");
  private static final List<String> EXPORTED =
      List.of("api", "code", "file", "main", "model", "parser", "processing", "tree", "util");
  private static final List<String> OPENED = List.of("code", "comp");

  @TempDir private Path scratch;

  @Test
  void nothingIsFoundInTheHub() throws IOException, InterruptedException {
    assertThat(found(Path.of("src/main/java"), Path.of("target/generated-sources/jte"))).isEmpty();
  }

  @Test
  void nothingIsFoundInItsTests() throws IOException, InterruptedException {
    assertThat(found(Path.of("src/test/java"))).isEmpty();
  }

  @Test
  void whatIsWrongIsFound() throws IOException, InterruptedException {
    Path wrong = Files.createDirectories(scratch.resolve("wrong"));
    Files.writeString(
        wrong.resolve("package-info.java"), "@org.jspecify.annotations.NullMarked package wrong;");
    Files.writeString(
        wrong.resolve("Wrong.java"),
        """
        package wrong;
        final class Wrong {
          static boolean same(String[] one, String[] other) { return one.equals(other); }
          static String nothing() { return null; }
          private Wrong() {}
        }
        """);
    assertThat(found(wrong)).contains("[ArrayEquals]").contains("[NullAway]");
  }

  /** What the compiler says; it is stopped before it writes classes. */
  private String found(Path... folders) throws IOException, InterruptedException {
    Path said = scratch.resolve("said");
    Process compiler =
        new ProcessBuilder(line(folders))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      int exit = compiler.waitFor();
      String output = Files.readString(said);
      return exit == 0 || !output.isEmpty() ? output : "exit " + exit;
    } finally {
      compiler.destroyForcibly();
    }
  }

  private List<String> line(Path... folders) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
    line.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    line.add("-J--sun-misc-unsafe-memory-access=allow");
    EXPORTED.forEach(name -> line.add(ofTheCompiler("-J--add-exports", name)));
    OPENED.forEach(name -> line.add(ofTheCompiler("-J--add-opens", name)));
    line.addAll(List.of("--release", "25", "-proc:none", "-parameters", "-Werror"));
    line.addAll(List.of("-XDcompilePolicy=simple", "-XDaddTypeAnnotationsToSymbol=true"));
    line.addAll(List.of("--should-stop=ifError=FLOW", "--should-stop=ifNoError=FLOW"));
    line.addAll(List.of("-classpath", classPath, "-processorpath", classPath, CHECKS));
    line.addAll(List.of("-d", scratch.toString(), "@" + sources(folders)));
    return line;
  }

  private static String ofTheCompiler(String option, String name) {
    return option + "=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED";
  }

  /** Thousands of names are more than a command line may have. */
  private Path sources(Path... folders) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(names::add);
      }
    }
    return Files.write(scratch.resolve("sources"), names);
  }
}
