package org.tocsin.bench.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FingerprintsTest {
  @Property(tries = 50)
  void aSetOfFingerprintsIsASet(@ForAll long[] some) {
    Set<Long> expected = new HashSet<>();
    Fingerprints fingerprints = new Fingerprints();
    for (long one : some) {
      assertThat(fingerprints.add(one)).isEqualTo(expected.add(one));
      assertThat(fingerprints.add(one % 4)).isEqualTo(expected.add(one % 4));
    }
    assertThat(fingerprints.size()).isEqualTo(expected.size());
  }

  @Test
  void aMillionRecipientsAreToldApartInSixteenMegabytes() {
    Fingerprints fingerprints = new Fingerprints();
    LongStream.range(0, 1_000_000)
        .map(number -> Fingerprint.of("r" + number + "@load.example"))
        .forEach(fingerprints::add);
    assertThat(fingerprints.size()).isEqualTo(1_000_000);
    assertThat(fingerprints.bytes()).isEqualTo(16L << 20);
  }
}
