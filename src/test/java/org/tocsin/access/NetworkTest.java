package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void anIpv4AddressIsItsOwnNetworkHoweverItIsWritten() {
    assertThat(Network.of(" 192.0.2.7 ")).isEqualTo("192.0.2.7");
    assertThat(Network.of("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
    assertThat(Network.of("192.0.2.8")).isNotEqualTo(Network.of("192.0.2.7"));
  }

  @Test
  void ofAnIpv6AddressTheSlash64Counts() {
    assertThat(Network.of("2001:db8:1:2::1"))
        .isEqualTo(Network.of("2001:DB8:0001:2:ffff:1:2:3"))
        .isNotEqualTo(Network.of("2001:db8:1:3::1"));
    assertThat(Network.of("fe80::1%eth0")).isEqualTo(Network.of("fe80::2"));
  }

  @Test
  void whatIsNoAddressStandsForItselfBounded() {
    assertThat(Network.of("unknown")).isEqualTo("unknown");
    assertThat(Network.of("x".repeat(10_000))).hasSize(100);
  }
}
