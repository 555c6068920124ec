package org.tocsin.testing;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** At the end of a run by Maven tells the slowest classes, and what all cost the processors. */
public final class ClassTimes implements LauncherSessionListener, TestExecutionListener {
  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private Optional<RunTimes> times = Optional.empty();

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if (System.getProperty("tocsin.maven") != null) {
      times = CpuTime.maven().map(RunTimes::new);
      session.getLauncher().registerTestExecutionListeners(this);
    }
  }

  @Override
  public void executionStarted(TestIdentifier what) {
    className(what).ifPresent(name -> begun.put(name, System.nanoTime()));
  }

  @Override
  public void executionFinished(TestIdentifier what, TestExecutionResult how) {
    className(what)
        .ifPresent(
            name -> {
              Duration took = Duration.ofNanos(System.nanoTime() - begun.get(name));
              times.ifPresent(all -> all.add(name, took));
            });
  }

  private static Optional<String> className(TestIdentifier what) {
    return what.getSource()
        .filter(ClassSource.class::isInstance)
        .map(source -> ((ClassSource) source).getClassName());
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    times.ifPresent(all -> System.out.println(all.summary()));
  }
}
