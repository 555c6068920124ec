package org.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tocsin.platform.address.IpAddress;
import org.tocsin.platform.address.IpNetwork;
import org.tocsin.testing.SettableClock;

/** Whatever a client writes, the hop that our own proxy wrote counts. */
class TrustedProxiesTest {
  private static final InetAddress PEER = address("10.0.0.1");
  private static final TrustedProxies PROXIES =
      new TrustedProxies(
          List.of(IpNetwork.of("10.0.0.0/8"), IpNetwork.of("fd00::/8")),
          new UnnamedProxies(
              Path.of("target"), new SettableClock(Instant.parse("2026-06-15T09:00:00Z"))));

  private static InetAddress address(String text) {
    return IpAddress.parse(text).orElseThrow();
  }

  private static String source(List<String> forwardedFor, List<String> forwarded) {
    return PROXIES.source(PEER, forwardedFor, forwarded).getHostAddress();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "198.51.100.7 | 198.51.100.7",
        "6.6.6.6, 198.51.100.7 | 198.51.100.7",
        "6.6.6.6, 198.51.100.7, 10.2.3.4 | 198.51.100.7",
        "6.6.6.6, 198.51.100.7, fd00::7, 10.2.3.4 | 198.51.100.7",
        "198.51.100.7:51234 | 198.51.100.7",
        "[2001:db8::17]:4711 | 2001:db8:0:0:0:0:0:17",
        "2001:db8::17 | 2001:db8:0:0:0:0:0:17",
        "\"2001:db8::17\" | 2001:db8:0:0:0:0:0:17",
        "fe80::1%eth0 | fe80:0:0:0:0:0:0:1",
        "::ffff:198.51.100.7 | 198.51.100.7",
        "6.6.6.6, unknown | 10.0.0.1",
        "6.6.6.6, _hidden, 10.2.3.4 | 10.2.3.4",
        "6.6.6.6, | 10.0.0.1",
        "6.6.6.6, 198.51.100.007 | 10.0.0.1",
        "10.9.9.9, 10.2.3.4 | 10.9.9.9",
        "6.6.6.6; 7.7.7.7 | 10.0.0.1",
      })
  void theLastHopThatIsNoNamedProxyCounts(String line, String source) {
    assertThat(source(List.of(line), List.of())).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=198.51.100.7 | 198.51.100.7",
        "For=198.51.100.7;proto=https;by=10.0.0.1 | 198.51.100.7",
        "for=6.6.6.6, for=198.51.100.7;host=x.example | 198.51.100.7",
        "proto=https ; for=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe:0:0:0:0:17",
        "for=\"[2001:db8:cafe::17]\" | 2001:db8:cafe:0:0:0:0:17",
        "for=\"198.51.100.7:80\" | 198.51.100.7",
        "for=\"\\198.51.100.7\" | 198.51.100.7",
        "for=6.6.6.6, for=unknown | 10.0.0.1",
        "for=6.6.6.6, for=\"_gazonk\" | 10.0.0.1",
        "for=6.6.6.6, for=\"198.51.100.7:_port\", for=10.2.3.4 | 198.51.100.7",
        "for=6.6.6.6, proto=https | 10.0.0.1",
        "for=6.6.6.6;for=198.51.100.7 | 10.0.0.1",
        "for=6.6.6.6, x=\", for=198.51.100.7 | 10.0.0.1",
        "for=6.6.6.6, x=\", for=\"[2001:db8::1]\" | 10.0.0.1",
        "for=\"a,b;c\", for=198.51.100.7 | 198.51.100.7",
        "for=6.6.6.6;\", for=198.51.100.7 | 10.0.0.1",
        "for=6.6.6.6;\", for=\"[2001:db8::17]:443\" | 10.0.0.1",
        "for=6.6.6.6;x\"=\", for=\"[2001:db8::17]:443\" | 2001:db8:0:0:0:0:0:17",
        "for=6.6.6.6;x=\"\\, for=\"[2001:db8::17]:443\" | 10.0.0.1",
      })
  void forwardedIsReadAsItsStandardSays(String line, String source) {
    assertThat(source(List.of(), List.of(line))).isEqualTo(source);
  }

  @Test
  void allLinesAreOneList() {
    assertThat(source(List.of("6.6.6.6", "198.51.100.7"), List.of())).isEqualTo("198.51.100.7");
    assertThat(source(List.of("6.6.6.6, 198.51.100.7", "10.2.3.4"), List.of()))
        .isEqualTo("198.51.100.7");
    assertThat(source(List.of(), List.of("for=\"", "for=198.51.100.7"))).isEqualTo("198.51.100.7");
  }

  @Test
  void ofTwoHeadersThatDisagreeNeitherIsBelieved() {
    assertThat(source(List.of("198.51.100.7"), List.of("for=198.51.100.7;proto=https")))
        .isEqualTo("198.51.100.7");
    assertThat(source(List.of("198.51.100.7"), List.of("for=6.6.6.6"))).isEqualTo("10.0.0.1");
    assertThat(source(List.of("6.6.6.6"), List.of("for=198.51.100.7"))).isEqualTo("10.0.0.1");
  }

  @Property(tries = 2_000)
  void whateverAClientWritesItIsTheProxysWordThatCounts(
      @ForAll("headers") List<String> claims, @ForAll("strangers") String stranger) {
    List<String> appended = new ArrayList<>(claims);
    appended.add(stranger);
    assertThat(source(appended, List.of())).isEqualTo(address(stranger).getHostAddress());
    if (!claims.isEmpty()) {
      List<String> joined = new ArrayList<>(claims);
      joined.add(joined.removeLast() + ", " + stranger);
      assertThat(source(joined, List.of())).isEqualTo(address(stranger).getHostAddress());
    }
    String node = stranger.contains(":") ? "\"[" + stranger + "]:443\"" : stranger;
    List<String> standard = new ArrayList<>(claims);
    standard.add("proto=https;for=" + node);
    assertThat(source(List.of(), standard)).isEqualTo(address(stranger).getHostAddress());
    if (!claims.isEmpty()) {
      standard.removeLast();
      standard.add(standard.removeLast() + ", for=" + node);
      assertThat(source(List.of(), standard))
          .as("%s: an open quote may swallow what follows; then the proxy counts", standard)
          .isIn(address(stranger).getHostAddress(), "10.0.0.1");
    }
  }

  @Property(tries = 2_000)
  void nobodyMovesAwayFromTheProxyByWhatItDidNotWrite(
      @ForAll("headers") List<String> one, @ForAll("strangers") String stranger) {
    assertThat(source(List.of(stranger), one)).isIn(address(stranger).getHostAddress(), "10.0.0.1");
  }

  @Provide
  Arbitrary<String> strangers() {
    return Arbitraries.of(
        "198.51.100.7", "203.0.113.250", "2001:db8::17", "2001:db8:0:1::ffff", "172.15.0.1");
  }

  @Provide
  Arbitrary<List<String>> headers() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "for=",
            "by=",
            "\"",
            "\\",
            ",",
            ";",
            " ",
            "[",
            "]",
            ":",
            "%",
            "=",
            "_x",
            "unknown",
            "10.0.0.1",
            "6.6.6.6",
            "2001:db8::1",
            "443",
            "::",
            "proto=https",
            "for=6.6.6.6;",
            "FOR=",
            "é",
            "\t");
    return piece.list().ofMaxSize(12).map(list -> String.join("", list)).list().ofMaxSize(3);
  }
}
