package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.webhook.Vetting.Forbidden;
import org.tocsin.channels.webhook.Vetting.Unresolved;
import org.tocsin.channels.webhook.Vetting.Vetted;
import org.tocsin.platform.config.Settings;

@ExtendWith(VertxExtension.class)
class AddressGuardTest {
  private static Vertx vertx;
  private static final Map<String, String> NAMES =
      Map.of(
          "hooks.example.org", "93.184.215.14",
          "inside.example.org", "93.184.215.14 10.1.2.3",
          "six.example.org", "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
          "inside-six.example.org", "2606:2800:21f:cb07:6820:80da:af6b:8b2c fd00::1",
          "metadata.example.org", "169.254.169.254",
          "localhost", "127.0.0.1",
          "xn--bcher-kva.example", "93.184.215.15");

  private final AtomicInteger lookups = new AtomicInteger();

  @BeforeAll
  static void begin(Vertx given) {
    vertx = given;
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example.org/tocsin?key=1, https://hooks.example.org/tocsin?key=1",
    "HTTPS://Hooks.Example.ORG, https://hooks.example.org/",
    "https://hooks.example.org:443/, https://hooks.example.org/",
    "https://hooks.example.org./, https://hooks.example.org/",
    "https://hooks.example.org?x=1, https://hooks.example.org/?x=1",
    "https://ＨＯＯＫＳ。example.org/, https://hooks.example.org/",
    "https://bücher.example/ä, https://xn--bcher-kva.example/%C3%A4",
    "https://8.8.8.8/, https://8.8.8.8/",
    "https://0x08080808/, https://8.8.8.8/",
    "https://010.8.2056/, https://8.8.8.8/",
    "https://134744072/, https://8.8.8.8/",
    "https://six.example.org/, https://six.example.org/",
    "https://[2606:4700::1111]/, https://[2606:4700:0:0:0:0:0:1111]/",
  })
  void aUrlOnTheOpenInternetIsVettedInOneSpelling(String given, String normalised) {
    assertThat(vet(given))
        .isInstanceOfSatisfying(
            Vetted.class, vetted -> assertThat(vetted.url()).hasToString(normalised));
  }

  @Test
  void whatWasTestedIsWhatIsCalled() throws UnknownHostException {
    Vetted vetted = (Vetted) vet("https://hooks.example.org/a/b?c=d");
    assertThat(vetted.address()).isEqualTo(InetAddress.getByName("93.184.215.14"));
    assertThat(vetted.host()).isEqualTo("hooks.example.org");
    assertThat(vetted.port()).isEqualTo(443);
    assertThat(vetted.target()).isEqualTo("/a/b?c=d");
    assertThat(lookups).hasValue(1);
    assertThat(vetted.toString()).doesNotContain("c=d");
  }

  @Test
  void manyEventsToOneServerCostOneLookAndARefusalIsNeverKept() {
    AddressGuard guard = guard(false);
    Vetted first = (Vetted) vet(guard, "https://hooks.example.org/a");
    assertThat(vet(guard, "https://hooks.example.org/b")).isEqualTo(first.at("/b"));
    assertThat(lookups).hasValue(1);
    assertThat(vet(guard, "https://hooks.example.org:22/a")).isInstanceOf(Forbidden.class);
    assertThat(vet(guard, "https://nowhere.example.org/")).isInstanceOf(Unresolved.class);
    assertThat(vet(guard, "https://nowhere.example.org/")).isInstanceOf(Unresolved.class);
    assertThat(lookups).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({
    "'', MALFORMED",
    "hooks.example.org, MALFORMED",
    "/tocsin, MALFORMED",
    "https:///tocsin, MALFORMED",
    "https://hooks.example.org:0/, MALFORMED",
    "https://hooks.example.org:65536/, MALFORMED",
    "https://hooks.example.org\\@10.0.0.1/, MALFORMED",
    "'https://hooks.example.org/a b', MALFORMED",
    "'https://hooks.example.org/%zz', MALFORMED",
    "ftp://hooks.example.org/, SCHEME",
    "file:///etc/passwd, SCHEME",
    "http://hooks.example.org/, SCHEME",
    "http://hooks.example.org:443/, SCHEME",
    "https://user@hooks.example.org/, USER_INFORMATION",
    "https://user:word@hooks.example.org/, USER_INFORMATION",
    "https://hooks.example.org@10.0.0.1/, USER_INFORMATION",
    "https://hooks.example.org/#top, FRAGMENT",
    "https://hooks.example.org:8443/, PORT",
    "https://hooks.example.org:22/, PORT",
    "https://hooks..example.org/, HOST",
    "https://hooks.example.org../, HOST",
    "https://-hooks.example.org/, HOST",
    "https://hooks_1.example.org/, HOST",
    "https://hooks%2eexample.org/, HOST",
    "https://1.2.3.4.5/, HOST",
    "https://256.1.1.1/, HOST",
    "https://1.2.3.256/, HOST",
    "https://08.8.8.8/, HOST",
    "https://0xz.1/, HOST",
    "https://hooks.example.9/, HOST",
    "https://4294967296/, HOST",
    "https://[fe80::1%25eth0]/, HOST",
    "https://[::1/, HOST",
    "https://[8.8.8.8]/, HOST",
    "https://[1:2:3]/, HOST",
    "https://xn--a/, HOST",
  })
  void aUrlThatMayNotBeCalledIsRefusedForItsReason(String given, Refusal reason) {
    assertThat(vet(given)).isEqualTo(new Forbidden(reason, ""));
    assertThat(lookups).hasValue(0);
  }

  @Test
  void anEndlessUrlIsRefused() {
    assertThat(vet("https://hooks.example.org/" + "a".repeat(2_000)))
        .isEqualTo(new Forbidden(Refusal.TOO_LONG, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.01/",
        "https://0300.0250.0.1/",
        "https://１２７．０．０．１/",
        "https://①②⑦.⓪.⓪.①/",
        "https://0/",
        "https://0x/",
        "https://10.0.0.1./",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[::ffff:8.8.8.8]/",
        "https://[::ffff:0:8.8.8.8]/",
        "https://[::8.8.8.8]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[fd00:ec2::254]/",
        "https://[2002:a00:1::]/",
        "https://[2606:4700::5efe:8.8.8.8]/",
        "https://localhost/",
        "https://metadata.example.org/",
        "https://inside.example.org/",
        "https://inside-six.example.org/",
      })
  void aPrivateAddressIsRefusedHoweverItIsSpelled(String url) {
    assertThat(vet(url))
        .isInstanceOfSatisfying(
            Forbidden.class,
            forbidden -> assertThat(forbidden.refusal()).isEqualTo(Refusal.BLOCKED_ADDRESS));
  }

  @Test
  void aNameWithoutAddressIsNotRefusedForEver() {
    assertThat(vet("https://nowhere.example.org/")).isInstanceOf(Unresolved.class);
  }

  @Test
  void aPortIsOpenedForItsHostOnly() {
    AddressGuard guard =
        guard(false, "hooks.example.org:8443", "http://six.example.org:8080", "10.0.0.1:8443");
    assertThat(vet(guard, "https://hooks.example.org:8443/")).isInstanceOf(Vetted.class);
    assertThat(vet(guard, "https://hooks.example.org.:8443/")).isInstanceOf(Vetted.class);
    assertThat(vet(guard, "http://six.example.org:8080/")).isInstanceOf(Vetted.class);
    assertThat(vet(guard, "https://hooks.example.org:8444/"))
        .isEqualTo(new Forbidden(Refusal.PORT, ""));
    assertThat(vet(guard, "http://hooks.example.org:8443/"))
        .isEqualTo(new Forbidden(Refusal.SCHEME, ""));
    assertThat(vet(guard, "https://six.example.org:8080/"))
        .isEqualTo(new Forbidden(Refusal.PORT, ""));
    assertThat(vet(guard, "https://10.0.0.1:8443/"))
        .isEqualTo(new Forbidden(Refusal.BLOCKED_ADDRESS, "private use"));
  }

  @Test
  void anUnreadableExceptionStopsTheStart() {
    assertThatThrownBy(() -> guard(false, "hooks.example.org:8443/path"))
        .hasMessageContaining("webhooks.allowed_hosts");
  }

  @Test
  void aDemonstrationOpensLoopbackAndNothingElse() {
    AddressGuard guard = guard(true);
    for (String url :
        List.of(
            "http://localhost:9000/",
            "http://127.0.0.1:1/",
            "https://127.1/",
            "http://[::1]:81/")) {
      assertThat(vet(guard, url))
          .isInstanceOfSatisfying(
              Vetted.class, vetted -> assertThat(guard.demonstrates(vetted)).isTrue());
    }
    assertThat(vet(guard, "http://hooks.example.org:81/"))
        .isInstanceOfSatisfying(
            Vetted.class, vetted -> assertThat(guard.demonstrates(vetted)).isFalse());
    for (String url :
        List.of(
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://169.254.169.254/",
            "http://[::ffff:127.0.0.1]/",
            "http://[fe80::1]/",
            "http://inside.example.org/")) {
      assertThat(vet(guard, url)).isInstanceOf(Forbidden.class);
    }
  }

  @Test
  void theHubsOwnAddressesAreRefused() throws SocketException {
    AddressGuard guard = guard(false);
    List<InetAddress> own =
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    assertThat(own).isNotEmpty();
    OwnAddresses addresses = new OwnAddresses();
    for (InetAddress address : own) {
      assertThat(addresses.include(address)).isTrue();
      if (address.getAddress().length == 4) {
        assertThat(vet(guard, "https://" + address.getHostAddress() + "/"))
            .isInstanceOf(Forbidden.class);
      }
    }
    assertThat(addresses.include(InetAddress.ofLiteral("93.184.215.14"))).isFalse();
  }

  private Vetting vet(String url) {
    return vet(guard(false), url);
  }

  private static Vetting vet(AddressGuard guard, String url) {
    return guard.vet(url).await();
  }

  private AddressGuard guard(boolean allowPrivate, String... allowedHosts) {
    return new AddressGuard(
        vertx, new Settings.Webhooks(allowPrivate, List.of(allowedHosts)), this::resolve);
  }

  private List<InetAddress> resolve(String name) throws UnknownHostException {
    lookups.incrementAndGet();
    String addresses = NAMES.get(name);
    if (addresses == null) {
      throw new UnknownHostException(name);
    }
    return Arrays.stream(addresses.split(" ")).map(InetAddress::ofLiteral).toList();
  }
}
