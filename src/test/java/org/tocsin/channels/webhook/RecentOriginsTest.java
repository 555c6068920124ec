package org.tocsin.channels.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.webhook.Vetting.Vetted;

class RecentOriginsTest {
  private static final String URL = "https://hooks.example.org/one";
  private static final Vetted VETTED =
      new Vetted(true, "hooks.example.org", 443, "/one", InetAddress.ofLiteral("93.184.215.14"));

  private final AtomicLong nanoTime = new AtomicLong();
  private final RecentOrigins recent = new RecentOrigins(nanoTime::get);

  @Test
  void anotherPathAtTheSameServerIsTheSameAddress() throws RefusedUrl {
    recent.keep(URL, VETTED, recent.now());
    Vetted found = recent.find("https://hooks.example.org/a/../b//c-_.~").orElseThrow();
    assertThat(found.address()).isEqualTo(VETTED.address());
    assertThat(found.target())
        .isEqualTo(WebhookUrl.parse("https://hooks.example.org/a/../b//c-_.~").target());
  }

  @Test
  void nothingIsKeptForLongerThanThreeSecondsFromBeforeTheLook() {
    recent.keep(URL, VETTED, recent.now());
    nanoTime.set(TimeUnit.SECONDS.toNanos(3) - 1);
    assertThat(recent.find(URL)).isPresent();
    nanoTime.incrementAndGet();
    assertThat(recent.find(URL)).isEmpty();
    recent.keep(URL, VETTED, 0);
    assertThat(recent.find(URL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.org/one",
        "https://hooks.example.org:8443/one",
        "https://hooks.example.org.evil.example/one",
        "https://hooks.example.org",
        "https://hooks.example.org/one?x=1",
        "https://hooks.example.org/one#top",
        "https://hooks.example.org/%zz",
        "https://hooks.example.org/a b",
        "https://hooks.example.org/one ",
        "https://hooks.example.org/ä",
        "https://user@hooks.example.org/one",
        "https://hooks.example.org@10.0.0.1/one",
        "https://hooks.example.org\\@10.0.0.1/one",
        "https://hooks.example.org?/one",
      })
  void whatIsWrittenInAnyOtherWayIsLookedAtAnew(String url) {
    recent.keep(URL, VETTED, recent.now());
    assertThat(recent.find(url)).isEmpty();
  }

  @Test
  void whatIsTooLongIsLookedAtAnew() {
    recent.keep(URL, VETTED, recent.now());
    assertThat(recent.find("https://hooks.example.org/" + "a".repeat(2_000))).isEmpty();
  }
}
