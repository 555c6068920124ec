package org.tocsin.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a hub in a process of its own is started with. Such a hub lives for some seconds, most of
 * which its JVM would spend on making code fast that runs once, and on reading classes: it compiles
 * plainly, and finds its classes in an archive where one was made. An archive is made of jars only,
 * so folders of classes are packed.
 */
final class HubJvm {
  private static final Path FOLDER = Path.of("target/test-jars").toAbsolutePath();
  static final String CLASS_PATH = packed();
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private HubJvm() {}

  static List<String> options() {
    return with("-XX:SharedArchiveFile=" + archive(), "-Xshare:auto");
  }

  /**
   * It pays where a dozen hubs are started: to make one takes as long as to start two. Nothing
   * where there is one.
   *
   * @param run starts a hub with these options, and ends it
   */
  static synchronized void makeArchive(Consumer<List<String>> run) {
    if (!Files.exists(archive())) {
      forget("hub-", archive());
      run.accept(with("-XX:ArchiveClassesAtExit=" + archive()));
    }
  }

  private static List<String> with(String... more) {
    return Stream.of(OPTIONS.stream(), Stream.of(more), Stream.of("-Xlog:disable"))
        .flatMap(Function.identity())
        .toList();
  }

  private static Path archive() {
    return FOLDER.resolve("hub-" + Integer.toHexString(CLASS_PATH.hashCode()) + ".jsa");
  }

  private static String packed() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .map(entry -> Files.isDirectory(entry) ? jar(entry) : entry)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Its name tells what is in it, so one that a hub reads is never written again. */
  private static Path jar(Path classes) {
    Path jar = FOLDER.resolve(classes.getFileName() + "-" + fingerprint(classes) + ".jar");
    if (Files.exists(jar)) {
      return jar;
    }
    try {
      Path partial = Files.createTempFile(Files.createDirectories(FOLDER), "partial", ".jar");
      forget(classes.getFileName() + "-", jar);
      int failed =
          ToolProvider.findFirst("jar")
              .orElseThrow()
              .run(
                  System.out, System.err, "cf0", partial.toString(), "-C", classes.toString(), ".");
      if (failed != 0) {
        throw new AssertionError("cannot pack " + classes);
      }
      return Files.move(partial, jar, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What was made of earlier classes; whoever still reads it has it open. */
  private static void forget(String prefix, Path but) {
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(one -> !one.equals(but)).toList()) {
        if (file.getFileName().toString().startsWith(prefix)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of names, sizes and times. */
  private static String fingerprint(Path classes) {
    try (Stream<Path> files = Files.walk(classes)) {
      List<String> all = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        all.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
      return HexFormat.of().toHexDigits(all.hashCode());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
