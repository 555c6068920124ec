package org.tocsin.channels.email.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.config.Settings.Dkim;
import org.xbill.DNS.SimpleResolver;

/** Keys against what a name server says of them. */
class DkimExaminationTest {
  private final NameServer dns = new NameServer();
  private Dkim keys;
  private DkimExamination examination;
  private PublishedKey rsa;
  private PublishedKey edwards;

  @BeforeEach
  void make(@TempDir Path folder) {
    keys = NewDkimKeys.make(folder, "committee.example", "2026a");
    examination = new DkimExamination(keys, new TxtRecords(new SimpleResolver(dns.address())));
    edwards = examination.records().getFirst();
    rsa = examination.records().getLast();
  }

  @AfterEach
  void close() {
    dns.close();
  }

  @Test
  void publishedKeysNeedNothing() {
    dns.publish(rsa.name(), rsa.strings());
    dns.publish(edwards.name(), edwards.strings());
    assertThat(rsa.strings()).hasSize(2);
    assertThat(examination.published(rsa)).isEmpty();
    assertThat(examination.published(edwards)).isEmpty();
    assertThat(examination.files()).isEmpty();
  }

  @Test
  void aRecordIsFoundBehindAnotherName() {
    dns.alias(edwards.name(), "key1.relay.example");
    dns.publish(
        "key1.relay.example",
        List.of(
            " k=ed25519 ;v=DKIM1; p=" + edwards.key().substring(0, 9), edwards.key().substring(9)));
    assertThat(examination.published(edwards)).isEmpty();
  }

  @Test
  void aKeyThatNobodyPublishedIsGivenAsALineToPublish() {
    assertThat(examination.published(rsa))
        .singleElement()
        .asString()
        .startsWith(
            "is not published; publish 2026a-rsa._domainkey.committee.example. IN TXT ( \"v=DKIM1; k=rsa; p=")
        .contains("\" \"");
  }

  @Test
  void anotherKeyIsTold() {
    dns.publish(edwards.name(), rsa.strings());
    assertThat(examination.published(edwards))
        .containsExactly("holds another key; publish " + edwards.zoneLine());
    dns.publish(rsa.name(), List.of("v=DKIM1; p="));
    assertThat(examination.published(rsa))
        .singleElement()
        .asString()
        .startsWith("holds another key; publish ");
  }

  @Test
  void aKindThatDoesNotFitIsTold() {
    dns.publish(edwards.name(), List.of("v=DKIM1; p=" + edwards.key()));
    assertThat(examination.published(edwards)).hasSize(1);
  }

  @Test
  void twoRecordsAreWorthNone() {
    dns.publish(edwards.name(), edwards.strings());
    dns.publish(edwards.name(), List.of("v=spf1 -all"));
    assertThat(examination.published(edwards))
        .containsExactly("has 2 TXT records; receivers take none of them");
  }

  @Test
  void aServerThatFailsIsNoMissingRecord() {
    dns.fail();
    assertThat(examination.published(rsa))
        .singleElement()
        .asString()
        .startsWith("the DNS does not answer");
  }

  @Test
  void aKeyThatOthersCanReadIsTold() throws IOException {
    Path file = keys.rsa().orElseThrow().file();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(examination.files())
        .containsExactly("smtp.dkim.rsa_key is open to others: chmod 600 " + file);
    Files.delete(file);
    assertThat(examination.files())
        .containsExactly("smtp.dkim.rsa_key " + file + " cannot be read: there is no such file");
    assertThat(examination.records()).isEmpty();
  }
}
