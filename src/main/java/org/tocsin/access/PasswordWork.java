package org.tocsin.access;

import java.text.Normalizer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tocsin.platform.crypto.Passwords;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * Runs Argon2 on two threads of its own: a hash takes some 50 ms of a processor and 19 MiB, which
 * must hold up neither an event loop nor the carriers of virtual threads.
 */
final class PasswordWork {
  private static final int THREADS = 2;

  /** Some 2.5 seconds of work; whoever comes later is asked to come again. */
  private static final int WAITING = 100;

  private static final ThreadPoolExecutor WORKERS =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("passwords-", 0).daemon().factory());

  static {
    WORKERS.allowCoreThreadTimeOut(true);
  }

  private PasswordWork() {}

  static String hash(String password) {
    return on(() -> Passwords.hash(normal(password)));
  }

  static boolean matches(String password, String hash) {
    return on(() -> Passwords.matches(normal(password), hash));
  }

  /** Takes as long as {@link #matches} and is always false. */
  static boolean pretend(String password) {
    return on(
        () -> {
          Passwords.pretend(normal(password));
          return false;
        });
  }

  /** Keyboards differ in how they write one and the same accented letter. */
  static String normal(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFKC);
  }

  private static <T> T on(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, WORKERS).join();
    } catch (RejectedExecutionException full) {
      throw new TooMany("busy", "Too many people are signing in just now. Try again in a minute.");
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
