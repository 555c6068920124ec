package org.tocsin.broadcasts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusalRateTest {
  private final RefusalRate rate = new RefusalRate(0);

  private boolean refused(int many, boolean ofItsOwn) {
    return IntStream.range(0, many).anyMatch(_ -> rate.refused(ofItsOwn, 1));
  }

  @Test
  void theFirstRefusalOfEachOfFourHundredAddressesIsTheirOwnMatter() {
    assertThat(refused(400, true)).isFalse();
  }

  @Test
  void oneStrikeIsNoRate() {
    assertThat(refused(RefusalRate.MANY - 1, false)).isFalse();
    assertThat(refused(1, false)).isTrue();
  }

  @Test
  void itIsCountedAnewAfterwards() {
    assertThat(refused(RefusalRate.MANY, false)).isTrue();
    assertThat(refused(RefusalRate.MANY - 1, false)).isFalse();
  }

  @Test
  void whereMostAreTakenAFewRefusalsSlowNobody() {
    IntStream.range(0, 50).forEach(_ -> rate.answered(1));
    assertThat(refused(49, false)).isFalse();
    assertThat(refused(1, false)).isTrue();
  }

  @Test
  void hundredsOfFirstRefusalsWithoutOneThatIsTakenAreTheDestinations() {
    assertThat(refused(RefusalRate.MANY_FIRST - 1, true)).isFalse();
    assertThat(refused(1, true)).isTrue();
  }

  @Test
  void whatWasRefusedAMinuteAgoIsForgotten() {
    assertThat(refused(RefusalRate.MANY - 1, false)).isFalse();
    assertThat(rate.refused(false, TimeUnit.SECONDS.toNanos(62))).isFalse();
  }
}
