package org.tocsin.channels.email.dkim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.Settings.Dkim;
import org.tocsin.platform.config.Settings.DkimKey;

/** Keys that are made, and files that hold none. */
class KeyFilesTest {
  private Path folder;
  private Dkim made;

  @BeforeEach
  void make(@TempDir Path empty) {
    folder = empty.resolve("dkim");
    made = NewDkimKeys.make(folder, "committee.example", "2026a");
  }

  @Test
  void newKeysCanBeReadByTheirOwnerAlone() throws IOException {
    assertThat(KeyFiles.read(made)).extracting(SigningKey::kind).containsExactly("ed25519", "rsa");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void keysAreNeverOverwritten() throws IOException {
    List<String> before = Files.readAllLines(rsaFile());
    assertThatThrownBy(() -> NewDkimKeys.make(folder, "committee.example", "2026a"))
        .hasMessageContaining("cannot write into " + folder);
    assertThat(Files.readAllLines(rsaFile())).isEqualTo(before);
  }

  @Test
  void aSelectorCannotLeadElsewhere() {
    assertThatThrownBy(() -> NewDkimKeys.make(folder, "committee.example", "../2026a"))
        .hasMessageStartingWith("a domain is like example.org and a selector like 2026a");
  }

  @Test
  void everyFileThatCannotBeUsedIsNamedAtOnce() throws IOException {
    Files.delete(made.ed25519().orElseThrow().file());
    TestKeys.write(rsaFile(), "PRIVATE KEY", TestKeys.rsa(1_024));
    assertThat(problems(made))
        .containsExactly(
            "smtp.dkim.ed25519_key "
                + folder.resolve("2026a-ed25519.pem")
                + " cannot be read: there is no such file",
            "smtp.dkim.rsa_key " + rsaFile() + " has 1024 bits; receivers want 2048 at least");
  }

  @Test
  void aKeyOfTheOtherKindIsTold() {
    DkimKey rsa = made.rsa().orElseThrow();
    DkimKey edwards = made.ed25519().orElseThrow();
    assertThat(problems(new Dkim("committee.example", Optional.of(edwards), Optional.of(rsa))))
        .containsExactly(
            "smtp.dkim.ed25519_key " + rsa.file() + " holds no Ed25519 key",
            "smtp.dkim.rsa_key " + edwards.file() + " holds no RSA key");
  }

  @Test
  void whatIsNoKeyIsTold() throws IOException {
    Dkim alone = new Dkim("committee.example", made.rsa(), Optional.empty());
    TestKeys.write(rsaFile(), "RSA PRIVATE KEY", TestKeys.rsa(2_048));
    assertThat(problems(alone)).singleElement().asString().contains("is no PKCS#8 key in PEM");
    Files.writeString(rsaFile(), "");
    assertThat(problems(alone)).singleElement().asString().contains("is no PKCS#8 key in PEM");
    Files.writeString(rsaFile(), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(problems(alone)).singleElement().asString().endsWith("holds no RSA key");
    Files.writeString(rsaFile(), "-----BEGIN PRIVATE KEY-----\n%%%\n");
    assertThat(problems(alone)).singleElement().asString().startsWith("smtp.dkim.rsa_key ");
    Files.write(rsaFile(), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(problems(alone)).singleElement().asString().endsWith("is no text");
  }

  private Path rsaFile() {
    return made.rsa().orElseThrow().file();
  }

  private static List<String> problems(Dkim dkim) {
    return catchThrowableOfType(InvalidSettings.class, () -> KeyFiles.read(dkim)).problems();
  }
}
