package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What signing alone reaches, as the limit of what a hub that signs can. */
public final class BareSigner {
  private static final String LINE = "x".repeat(74) + "\r\n";
  private static final List<byte[]> FIELDS =
      Stream.of("From", "To", "Reply-To", "Date", "Message-ID", "Subject", "List-Unsubscribe")
          .map(name -> (name + ": " + "x".repeat(60) + "\r\n").getBytes(US_ASCII))
          .toList();

  private final DkimSigner signer;
  private final Buffer body;

  /**
   * @param bytes of a body
   */
  public BareSigner(DkimSigner signer, int bytes) {
    this.signer = signer;
    this.body = Buffer.buffer(LINE.repeat(bytes / LINE.length()));
  }

  /** Messages a second, with so many threads at once. */
  public double perSecond(int threads, Duration duration) {
    long since = System.nanoTime();
    long until = since + duration.toNanos();
    try (ExecutorService signing = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> counts =
          IntStream.range(0, threads)
              .mapToObj(i -> signing.submit(() -> signUntil(until)))
              .toList();
      long signed = 0;
      for (Future<Integer> count : counts) {
        signed += count.get();
      }
      return signed * 1e9 / (System.nanoTime() - since);
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException("nothing was signed", failure);
    }
  }

  private int signUntil(long nanos) {
    int signed = 0;
    while (System.nanoTime() < nanos) {
      signer.sign(FIELDS, body, Instant.EPOCH);
      signed++;
    }
    return signed;
  }
}
