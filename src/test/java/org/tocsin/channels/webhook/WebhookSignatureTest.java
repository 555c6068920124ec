package org.tocsin.channels.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.channels.webhook.WebhookSignature.KeyPair;
import org.tocsin.channels.webhook.WebhookSignature.Verdict;

class WebhookSignatureTest {
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1_614_265_330;
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String PRIVATE =
      "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==";
  private static final String V1 = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
  private static final String V1A =
      "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==";

  @Test
  void theSharedSecretSignsAsTheStandardsExample() {
    assertThat(WebhookSignature.sign(List.of(SECRET), ID, AT, BODY)).isEqualTo(V1);
  }

  @Test
  void thePrivateKeySignsAsTheStandardsExample() {
    assertThat(WebhookSignature.sign(List.of(PRIVATE), ID, AT, BODY)).isEqualTo(V1A);
  }

  @Test
  void everyKeySignsDuringARotation() {
    assertThat(WebhookSignature.sign(List.of(SECRET, PRIVATE), ID, AT, BODY))
        .isEqualTo(V1 + " " + V1A);
  }

  @Test
  void thePublicKeyVerifiesWhatThePrivateKeySigned() {
    String published =
        "whpk_"
            + Base64.getEncoder()
                .encodeToString(
                    java.util.Arrays.copyOfRange(
                        Base64.getDecoder().decode(PRIVATE.substring(5)), 32, 64));
    assertThat(verify(published, V1A)).isEqualTo(Verdict.GENUINE);
    assertThat(verify(published, V1A.replace("hnO3", "hnO4"))).isEqualTo(Verdict.FORGED);
    assertThat(verify(published, V1)).isEqualTo(Verdict.FORGED);
  }

  @Test
  void aNewPairSignsAndVerifies() {
    KeyPair pair = WebhookSignature.newKeyPair();
    String signature = WebhookSignature.sign(List.of(pair.privateKey()), ID, AT, BODY);
    assertThat(verify(pair.publicKey(), signature)).isEqualTo(Verdict.GENUINE);
    assertThat(pair.toString()).doesNotContain(pair.privateKey());
  }

  @Property(tries = 200)
  void theReferenceLibraryVerifiesWhateverWeSign(@ForAll String body)
      throws EmptyWebhookSecretException {
    String secret = WebhookSignature.newSecret();
    long now = System.currentTimeMillis() / 1_000;
    byte[] bytes = body.getBytes(UTF_8);
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of(
                "webhook-id", List.of(ID),
                "webhook-timestamp", List.of(Long.toString(now)),
                "webhook-signature",
                    List.of(WebhookSignature.sign(List.of(secret, PRIVATE), ID, now, bytes))),
            (name, value) -> true);
    assertThatCode(() -> new Webhook(secret).verify(new String(bytes, UTF_8), headers))
        .doesNotThrowAnyException();
  }

  @Test
  void anyOfSeveralSignaturesIsEnough() {
    assertThat(verify(SECRET, "v2,abc v1,bm9uc2Vuc2U= " + V1)).isEqualTo(Verdict.GENUINE);
    assertThat(verify(WebhookSignature.newSecret(), V1)).isEqualTo(Verdict.FORGED);
    assertThat(verify(SECRET, "v1,*** v1 ,")).isEqualTo(Verdict.FORGED);
  }

  @Test
  void oneChangedByteIsAForgery() {
    assertThat(
            WebhookSignature.verify(
                List.of(SECRET),
                ID,
                "" + AT,
                V1,
                "{\"test\": 2432232315}".getBytes(UTF_8),
                Instant.ofEpochSecond(AT)))
        .isEqualTo(Verdict.FORGED);
    assertThat(
            WebhookSignature.verify(
                List.of(SECRET), ID + "x", "" + AT, V1, BODY, Instant.ofEpochSecond(AT)))
        .isEqualTo(Verdict.FORGED);
  }

  @Test
  void anOldMessageIsOutOfTime() {
    Instant at = Instant.ofEpochSecond(AT);
    assertThat(verifyAt(at.plus(Duration.ofMinutes(5)))).isEqualTo(Verdict.GENUINE);
    assertThat(verifyAt(at.minus(Duration.ofMinutes(5)))).isEqualTo(Verdict.GENUINE);
    assertThat(verifyAt(at.plusSeconds(301))).isEqualTo(Verdict.OUT_OF_TIME);
    assertThat(verifyAt(at.minusSeconds(301))).isEqualTo(Verdict.OUT_OF_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1614265330.5", "99999999999999999999"})
  void aTimestampThatIsNoneIsMalformed(String timestamp) {
    assertThat(
            WebhookSignature.verify(
                List.of(SECRET), ID, timestamp, V1, BODY, Instant.ofEpochSecond(AT)))
        .isEqualTo(Verdict.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_***",
        "whsk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whxx_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
      })
  void anUnusableKeyIsRefusedWithoutShowingIt(String key) {
    assertThatThrownBy(() -> WebhookSignature.sign(List.of(key), ID, AT, BODY))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            refused -> {
              if (key.length() > 6) {
                assertThat(refused.toString()).doesNotContain(key.substring(6));
              }
            });
  }

  @Test
  void twoHalvesOfDifferentPairsAreRefused() {
    byte[] mixed = Base64.getDecoder().decode(PRIVATE.substring(5));
    mixed[40] ^= 1;
    String key = "whsk_" + Base64.getEncoder().encodeToString(mixed);
    assertThatThrownBy(() -> WebhookSignature.sign(List.of(key), ID, AT, BODY))
        .hasMessageContaining("do not belong together");
  }

  @Test
  void anIdWithADotIsNeverSigned() {
    assertThatThrownBy(() -> WebhookSignature.sign(List.of(SECRET), "a.b", AT, BODY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Verdict verify(String key, String signatures) {
    return WebhookSignature.verify(
        List.of(key), ID, "" + AT, signatures, BODY, Instant.ofEpochSecond(AT));
  }

  private static Verdict verifyAt(Instant now) {
    return WebhookSignature.verify(List.of(SECRET), ID, "" + AT, V1, BODY, now);
  }
}
