package org.tocsin.channels.email.dkim;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.security.Security;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.platform.config.Settings.Dkim;

/** Signatures as a receiver sees them. */
class DkimSignerTest {
  private static final Map<String, Boolean> BOTH_HOLD = Map.of("ed25519", true, "rsa", true);
  private static final Map<String, Boolean> NONE_HOLDS = Map.of("ed25519", false, "rsa", false);
  private static final Instant NOW = Instant.parse("2026-06-15T09:00:00Z");
  private static final List<String> FIELDS =
      List.of(
          "From: Committee <news@committee.example>\r\n",
          "To: <reader@home.example>\r\n",
          "Subject: =?utf-8?Q?Lettre_d=E2=80=99=C3=A9t=C3=A9?=\r\n =?utf-8?Q?_2026?=\r\n",
          "List-Unsubscribe: <https://hub.example/u/"
              + "u".repeat(200)
              + ">,\r\n\t<mailto:u@x>\r\n",
          "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
          "Feedback-ID: 2026-06:newsletter:bulk:committee\r\n",
          "Precedence: bulk\r\n",
          "Message-ID: <d1@committee.example>\r\n");

  private static DkimSigner signer;
  private static DkimVerifier verifier;

  @BeforeAll
  static void makeKeys(@TempDir Path folder) {
    Dkim keys = NewDkimKeys.make(folder, "committee.example", "2026a");
    signer = DkimSigner.of(Optional.of(keys));
    verifier = new DkimVerifier(new DkimExamination(keys).records());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n",
        "Hello\r\n",
        "no end",
        "..\r\n...\r\n..a\r\n\r\n..\r\n",
        "blanks  in \t between, \t\r\n and behind \r\n  \r\n\t\r\n",
        "\r\n\r\nempty before\r\n\r\n\r\nand after\r\n\r\n\r\n",
        "=E2=80=A6 soft =\r\nbreak =3D\r\n"
      })
  void bothHoldWhateverTheBodyIs(String body) {
    assertThat(verifier.verdicts(sent(FIELDS, body))).isEqualTo(BOTH_HOLD);
  }

  @Test
  void bothHoldOverAThousandBodiesOfNothingButTrouble() {
    Random random = new Random(20260615);
    for (int i = 0; i < 1_000; i++) {
      String body =
          IntStream.range(0, random.nextInt(30))
              .mapToObj(at -> List.of(" ", "\t", "\r\n", ".", "a").get(random.nextInt(5)))
              .collect(Collectors.joining())
              .replaceAll("(^|\r\n)\\.", "$1..");
      assertThat(verifier.verdicts(sent(FIELDS, body)))
          .as(() -> body.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t"))
          .isEqualTo(BOTH_HOLD);
    }
  }

  @Test
  void aChangeOfAnyCoveredFieldOrOfTheBodyBreaksBoth() {
    String message = sent(FIELDS, "Hello\r\n");
    assertThat(verifier.verdicts(message)).isEqualTo(BOTH_HOLD);
    for (String word :
        List.of("Hello", "news@", "reader", "_2026", "mailto:u", "One-Click", "bulk:")) {
      assertThat(verifier.verdicts(message.replaceFirst(word, "x" + word)))
          .as(word)
          .isEqualTo(NONE_HOLDS);
    }
  }

  @Test
  void nobodyCanAddASenderOrASubject() {
    String message = sent(FIELDS, "Hello\r\n");
    for (String added : List.of("From: <minister@gov.example>\r\n", "Subject: Pay here\r\n")) {
      assertThat(verifier.verdicts(added + message)).as(added).isEqualTo(NONE_HOLDS);
      assertThat(verifier.verdicts(message.replace("To: ", added + "To: ")))
          .as(added)
          .isEqualTo(NONE_HOLDS);
    }
  }

  @Test
  void whatServersOnTheWayDoBreaksNothing() {
    String message = sent(FIELDS, "Hello  world\r\n");
    String passedOn =
        "Received: by relay.example\r\n"
            + message
                .replace("Precedence: bulk\r\n", "")
                .replace("To: <", "TO:\r\n   <")
                .replace("Hello  world", "Hello world  ")
            + "\r\n\r\n";
    assertThat(verifier.verdicts(passedOn)).isEqualTo(BOTH_HOLD);
  }

  @Test
  void noSignatureCoversAnother() {
    String message = sent(FIELDS, "Hello\r\n");
    int second = message.indexOf("DKIM-Signature", 1);
    assertThat(verifier.verdicts(message.substring(second))).isEqualTo(Map.of("rsa", true));
    assertThat(
            verifier.verdicts(
                message.substring(0, second) + message.substring(message.indexOf("From:"))))
        .isEqualTo(Map.of("ed25519", true));
  }

  @Test
  void everySignatureSaysWhoseItIsAndHowLongItHolds() {
    List<Map<String, String>> signatures = signatures().stream().map(DkimVerifier::tags).toList();
    assertThat(signatures)
        .extracting(tags -> tags.get("a"))
        .containsExactly("ed25519-sha256", "rsa-sha256");
    assertThat(signatures)
        .allSatisfy(
            tags ->
                assertThat(tags)
                    .containsEntry("v", "1")
                    .containsEntry("d", "committee.example")
                    .containsEntry("c", "relaxed/relaxed")
                    .containsEntry("t", "1781514000")
                    .containsEntry("x", "1782378000")
                    .containsEntry(
                        "h",
                        "message-id:feedback-id:list-unsubscribe-post:list-unsubscribe:subject:to:from"
                            + ":from:subject")
                    .doesNotContainKey("l"));
    assertThat(signatures)
        .extracting(tags -> tags.get("s"))
        .containsExactly("2026a-ed25519", "2026a-rsa");
  }

  @Test
  void noLineOfASignatureIsLongerThan78() {
    List<String> every =
        Stream.of(
                "List-Id", "List-Help", "List-Owner", "List-Subscribe", "List-Post", "CFBL-Address")
            .map(name -> name + ": x\r\n")
            .toList();
    List<String> fields = Stream.concat(FIELDS.stream(), every.stream()).toList();
    for (byte[] signature : signer.sign(ascii(fields), Buffer.buffer(), NOW)) {
      assertThat(new String(signature, US_ASCII).lines())
          .hasSizeGreaterThan(6)
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(78));
    }
  }

  /** Of a long text, which takes long to take in: what is shared would mix two. */
  @Test
  void manyAtOnceDoNotGetIntoEachOthersWay() throws InterruptedException {
    RsaKey key = new RsaKey("s", TestKeys.rsa(2_048), RsaProvider.quickest());
    byte[] covered = new byte[2_000_000];
    byte[] alone = key.sign(covered);
    Callable<byte[]> signing = () -> key.sign(covered);
    try (ExecutorService many = Executors.newFixedThreadPool(4)) {
      assertThat(many.invokeAll(Collections.nCopies(40, signing)))
          .allSatisfy(signature -> assertThat(signature.get()).isEqualTo(alone));
    }
  }

  @Test
  void withoutKeysNothingIsSigned() {
    assertThat(DkimSigner.of(Optional.empty()).sign(ascii(FIELDS), Buffer.buffer(), NOW)).isEmpty();
  }

  @Test
  void theQuickerProviderSignsAsTheJdkDoes() {
    RSAPrivateCrtKey key = TestKeys.rsa(2_048);
    byte[] covered = "covered".getBytes(US_ASCII);
    assertThat(new RsaKey("s", key, RsaProvider.quickest()).sign(covered))
        .isEqualTo(new RsaKey("s", key, Security.getProvider("SunRsaSign")).sign(covered));
  }

  @Test
  void whereTheQuickerCannotBeLoadedTheJdkSigns() {
    for (LinkageError failure :
        List.of(new UnsatisfiedLinkError("no musl"), new ExceptionInInitializerError("no room"))) {
      assertThat(
              RsaProvider.orTheJdk(
                  () -> {
                    throw failure;
                  }))
          .isEqualTo(Security.getProvider("SunRsaSign"));
    }
  }

  private static List<String> signatures() {
    return signer.sign(ascii(FIELDS), Buffer.buffer("Hello\r\n"), NOW).stream()
        .map(field -> new String(field, US_ASCII))
        .toList();
  }

  /** As it arrives: signed, and without what SMTP doubled. */
  private static String sent(List<String> fields, String body) {
    String signatures =
        signer.sign(ascii(fields), Buffer.buffer(body, "US-ASCII"), NOW).stream()
            .map(field -> new String(field, US_ASCII))
            .collect(Collectors.joining());
    return signatures + String.join("", fields) + "\r\n" + body.replaceAll("(^|\r\n)\\.\\.", "$1.");
  }

  private static List<byte[]> ascii(List<String> fields) {
    return fields.stream().map(field -> field.getBytes(US_ASCII)).toList();
  }
}
