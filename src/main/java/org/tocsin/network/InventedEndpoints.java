package org.tocsin.network;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;

/** Many endpoints of the public at once that hear of newsletters, for measuring. */
public final class InventedEndpoints {
  private static final int BATCH = 10_000;

  private final Database hub;
  private final EndpointVault vault;
  private final EndpointRepository endpoints;
  private final InstantSource clock;

  public InventedEndpoints(Database hub, Sealer sealer, InstantSource clock) {
    this.hub = hub;
    this.vault = new EndpointVault(sealer);
    this.endpoints = new EndpointRepository(vault);
    this.clock = clock;
  }

  /**
   * They consented without being asked, and share the receiver's loopback addresses, from 127.0.0.1
   * on.
   *
   * @param secretOf a name, the last part of the endpoint's URL
   */
  public void write(int many, int port, int addresses, UnaryOperator<String> secretOf) {
    for (int from = 1; from <= many; from += BATCH) {
      int[] numbers = IntStream.range(from, Math.min(many + 1, from + BATCH)).toArray();
      Buffer[] urls = new Buffer[numbers.length];
      Buffer[] secrets = new Buffer[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        String name = "%09d".formatted(numbers[i]);
        int address = 1 + numbers[i] % addresses;
        urls[i] =
            Buffer.buffer(vault.sealUrl("http://127.0.0." + address + ":" + port + "/" + name));
        secrets[i] = Buffer.buffer(vault.sealSecret(secretOf.apply(name)));
      }
      endpoints.invent(
          hub,
          Buffer.buffer(vault.sealContact("bench@partners.example")),
          urls,
          secrets,
          clock.instant());
    }
  }
}
