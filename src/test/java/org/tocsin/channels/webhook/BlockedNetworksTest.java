package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedNetworksTest {
  @ParameterizedTest
  @CsvSource({
    "-,               0.0.0.0,         0.255.255.255,   1.0.0.0",
    "9.255.255.255,   10.0.0.0,        10.255.255.255,  11.0.0.0",
    "100.63.255.255,  100.64.0.0,      100.127.255.255, 100.128.0.0",
    "126.255.255.255, 127.0.0.0,       127.255.255.255, 128.0.0.0",
    "169.253.255.255, 169.254.0.0,     169.254.255.255, 169.255.0.0",
    "172.15.255.255,  172.16.0.0,      172.31.255.255,  172.32.0.0",
    "191.255.255.255, 192.0.0.0,       192.0.0.255,     192.0.1.0",
    "192.0.1.255,     192.0.2.0,       192.0.2.255,     192.0.3.0",
    "192.88.98.255,   192.88.99.0,     192.88.99.255,   192.88.100.0",
    "192.167.255.255, 192.168.0.0,     192.168.255.255, 192.169.0.0",
    "198.17.255.255,  198.18.0.0,      198.19.255.255,  198.20.0.0",
    "198.51.99.255,   198.51.100.0,    198.51.100.255,  198.51.101.0",
    "203.0.112.255,   203.0.113.0,     203.0.113.255,   203.0.114.0",
    "223.255.255.255, 224.0.0.0,       239.255.255.255, -",
    "-,               240.0.0.0,       255.255.255.255, -",
    "168.63.129.15,   168.63.129.16,   168.63.129.16,   168.63.129.17",
  })
  void anIpv4NetworkIsBlockedFromItsFirstToItsLastAddress(
      String before, String first, String last, String after) {
    assertBlocked(first, last);
    assertOpen(before, after);
  }

  @ParameterizedTest
  @CsvSource({
    "-, ::2, ff:ffff::, -",
    "-, 100::, 100::ffff:ffff:ffff:ffff, -",
    "-, 2001::, 2001:1ff:ffff::, 2001:200::",
    "2001:db7:ffff::, 2001:db8::, 2001:db8:ffff::, 2001:db9::",
    "2001:ffff::, 2002::, 2002:ffff:ffff::, 2003::",
    "3ffe:ffff::, 3fff::, 3fff:fff:ffff::, 3fff:1000::",
    "-, 5f00::, 5f00:ffff::, -",
    "-, fc00::, fdff:ffff::, -",
    "-, fe80::, febf:ffff::, -",
    "-, fec0::, feff:ffff::, -",
    "-, ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -",
    "2000::, 1fff:ffff::, 4000::, 3fff:ffff::",
  })
  void anIpv6NetworkIsBlockedFromItsFirstToItsLastAddress(
      String before, String first, String last, String after) {
    assertBlocked(first, last);
    assertOpen(before, after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::8.8.8.8",
        "64:ff9b:1:808:8:800::",
        "2606:4700::1111",
        "2a00:1450:4001:80e::200e"
      })
  void anOpenAddressPassesAlsoThroughNat64(String address) {
    assertOpen(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "64:ff9b::10.0.0.1",
        "64:ff9b::0.0.0.0",
        "64:ff9b:1::",
        "64:ff9b:1::192.168.0.1",
        // 10.0.0.1 as a translator with a prefix of 48, 56 and 64 bits reads it
        "64:ff9b:1:a00:0:100::",
        "64:ff9b:1:ff0a:0:1::",
        "64:ff9b:1:ffff:a:0:100:0",
        "64:ff9b:2::8.8.8.8",
        "64:ff9a::8.8.8.8"
      })
  void aPrivateAddressInsideNat64IsBlocked(String address) {
    assertBlocked(address);
  }

  @Property
  void everyIpv4AddressInAnIpv6DisguiseIsAtLeastAsBlocked(@ForAll int ipv4)
      throws UnknownHostException {
    byte[] inner = ByteBuffer.allocate(4).putInt(ipv4).array();
    boolean blocked = BlockedNetworks.holding(InetAddress.getByAddress(inner)).isPresent();
    byte[] nat64 = InetAddress.ofLiteral("64:ff9b::").getAddress();
    System.arraycopy(inner, 0, nat64, 12, 4);
    assertThat(BlockedNetworks.holding(InetAddress.getByAddress(nat64)).isPresent())
        .isEqualTo(blocked);
    byte[] sixToFour = InetAddress.ofLiteral("2002::1").getAddress();
    System.arraycopy(inner, 0, sixToFour, 2, 4);
    assertThat(BlockedNetworks.holding(InetAddress.getByAddress(sixToFour))).isPresent();
    byte[] isatap = InetAddress.ofLiteral("2606:4700::200:5efe:0:0").getAddress();
    System.arraycopy(inner, 0, isatap, 12, 4);
    assertThat(BlockedNetworks.holding(InetAddress.getByAddress(isatap))).isPresent();
  }

  private static void assertBlocked(String... addresses) {
    for (String address : addresses) {
      assertThat(BlockedNetworks.holding(InetAddress.ofLiteral(address))).as(address).isPresent();
    }
  }

  private static void assertOpen(String... addresses) {
    for (String address : addresses) {
      if (!address.equals("-")) {
        assertThat(BlockedNetworks.holding(InetAddress.ofLiteral(address))).as(address).isEmpty();
      }
    }
  }
}
