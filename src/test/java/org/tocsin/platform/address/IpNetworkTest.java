package org.tocsin.platform.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpNetworkTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.255, true",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "192.0.2.7, ::ffff:192.0.2.7, true",
    "::ffff:10.0.0.0/104, 10.1.2.3, true",
    "::ffff:10.0.0.7, 10.0.0.7, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1, 127.0.0.1, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, 253.0.0.1, false",
  })
  void aNetworkHoldsWhatBeginsLikeIt(String network, String address, boolean holds) {
    assertThat(IpNetwork.of(network).holds(IpAddress.parse(address).orElseThrow()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "proxy.example", "localhost", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
        "10.0.0.0/8/8", "10.0.0.1/8", "010.0.0.1", "256.0.0.1", "10.0.0.0 /8", "*", "0.0.0.0/0",
        "::/0", "::1/129", "fe80::1%eth0", "[::1]", "10.0.0.1:80", "::ffff:10.0.0.0/8", "167772160",
        "0x0a000001", "10.0.0.0/+8", "1::2::3"
      })
  void whatIsNoNetworkIsRefused(String text) {
    assertThatThrownBy(() -> IpNetwork.of(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
