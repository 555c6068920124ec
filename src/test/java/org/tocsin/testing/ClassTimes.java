package org.tocsin.testing;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** At the end of a run by Maven tells the slowest classes, and what all cost the processors. */
public final class ClassTimes implements LauncherSessionListener, TestExecutionListener {
  private final Map<String, Start> started = new HashMap<>();
  private Optional<RunTimes> times = Optional.empty();

  private record Start(long nanos, Duration cpu) {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("tocsin.fork") != null) {
      times = ProcessHandle.current().parent().map(RunTimes::new);
      session.getLauncher().registerTestExecutionListeners(this);
    }
  }

  @Override
  public void executionStarted(TestIdentifier what) {
    className(what)
        .ifPresent(name -> started.put(name, new Start(System.nanoTime(), cpuOfThisProcess())));
  }

  @Override
  public void executionFinished(TestIdentifier what, TestExecutionResult how) {
    className(what)
        .map(started::remove)
        .ifPresent(
            start ->
                times.ifPresent(
                    all ->
                        all.add(
                            className(what).orElseThrow(),
                            Duration.ofNanos(System.nanoTime() - start.nanos()),
                            cpuOfThisProcess().minus(start.cpu()))));
  }

  private static Duration cpuOfThisProcess() {
    return CpuTime.of(ProcessHandle.current());
  }

  private static Optional<String> className(TestIdentifier what) {
    return what.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    times.flatMap(RunTimes::end).ifPresent(System.out::print);
  }
}
