package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;

/** The signed message of RFC 8463, appendix A: the same hash, the same signature, both verify. */
class Rfc8463Test {
  private static final String SIGNATURE =
      "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
  private static final String EDWARDS =
      """
      DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=brisbane; t=1528637909; h=from : to :
       subject : date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=%s
      """;
  private static final String RSA =
      """
      DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
       d=football.example.com; i=@football.example.com;
       q=dns/txt; s=test; t=1528637909; h=from : to : subject :
       date : message-id : from : subject : date;
       bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
       b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
       DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
       dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
      """;
  private static final List<String> FIELDS =
      List.of(
          "From: Joe SixPack <joe@football.example.com>\r\n",
          "To: Suzie Q <suzie@shopping.example.net>\r\n",
          "Subject: Is dinner ready?\r\n",
          "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n",
          "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n");
  private static final String BODY =
      "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
  private static final PublishedKey BRISBANE =
      new PublishedKey(
          "brisbane._domainkey.football.example.com",
          "ed25519",
          "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
  private static final PublishedKey TEST =
      new PublishedKey(
          "test._domainkey.football.example.com",
          "rsa",
          "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQi"
              + "Y/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9Pz"
              + "oxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB");

  @Test
  void theBodyHasThePublishedHash() {
    assertThat(Base64.getEncoder().encodeToString(Sha256.of(Relaxed.body(ascii(BODY)))))
        .isEqualTo("2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
  }

  @Test
  void ourKeySignsWhatOurCanonicalFormGivesAsPublished() {
    byte[] seed = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    byte[] published = new byte[Ed25519.PUBLIC_KEY_SIZE];
    Ed25519.generatePublicKey(seed, 0, published, 0);
    Ed25519Key key = new Ed25519Key("brisbane", seed, published);
    StringBuilder covered = new StringBuilder();
    FIELDS.forEach(field -> covered.append(relaxed(field)));
    covered.append(relaxed(crlf(EDWARDS.formatted(""))).stripTrailing());
    assertThat(PublishedKey.of("football.example.com", key)).isEqualTo(BRISBANE);
    assertThat(Base64.getEncoder().encodeToString(key.sign(ascii(covered.toString()))))
        .isEqualTo(SIGNATURE);
  }

  @Test
  void theVerifierOfTheseTestsTakesBothSignaturesAndNoOther() {
    DkimVerifier verifier = new DkimVerifier(List.of(BRISBANE, TEST));
    String message =
        crlf(EDWARDS.formatted(SIGNATURE) + RSA) + String.join("", FIELDS) + "\r\n" + BODY;
    assertThat(verifier.verdicts(message)).isEqualTo(Map.of("ed25519", true, "rsa", true));
    for (String changed :
        List.of(
            message.replace("lost", "won"),
            message.replace("dinner", "lunch"),
            message.replace("From: ", "From: Jim <jim@x.example>\r\nFrom: "))) {
      assertThat(verifier.verdicts(changed)).isEqualTo(Map.of("ed25519", false, "rsa", false));
    }
  }

  private static String relaxed(String field) {
    return new String(Relaxed.field(ascii(field)), US_ASCII);
  }

  private static String crlf(String lines) {
    return lines.replace("\n", "\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
