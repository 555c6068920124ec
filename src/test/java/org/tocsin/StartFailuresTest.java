package org.tocsin;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.KeyringMark;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;
import picocli.CommandLine;

/** A hub that cannot start says why in one line that names what to mend, and leaves nothing. */
class StartFailuresTest {
  private final TestHub hub = new TestHub();
  private final Path conf = hub.folder.resolve("tocsin.yaml");
  private ServerSocket first;
  private ServerSocket second;

  @BeforeEach
  void takeTwoPorts() throws IOException {
    first = new ServerSocket(0);
    second = new ServerSocket(0);
  }

  @AfterEach
  void close() throws IOException {
    first.close();
    second.close();
    hub.close();
  }

  @Test
  void portsInUseAreBothNamed() throws IOException {
    configure(hub.address.database(), TestPostgres.HUB.password(), hub.folder);
    assertThat(
            serve(
                """
                http.port: %d
                management.port: %d
                """
                    .formatted(first.getLocalPort(), second.getLocalPort())))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("tocsin: http.port " + first.getLocalPort() + " cannot be listened")
                    .contains("in use"),
            line ->
                assertThat(line)
                    .startsWith("tocsin: management.port " + second.getLocalPort())
                    .contains("in use"));
  }

  @Test
  void theClustersPortsInUseAreNamed() throws IOException {
    configure(hub.address.database(), TestPostgres.HUB.password(), hub.folder);
    assertThat(serve(cluster("127.0.0.1")))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith("tocsin: cluster.port " + first.getLocalPort() + " cannot be")
                    .contains("in use"),
            line ->
                assertThat(line)
                    .startsWith("tocsin: cluster.news_port " + second.getLocalPort())
                    .contains("in use"));
  }

  @Test
  void aClusterOnAPublicAddressIsRefused() throws IOException {
    configure(hub.address.database(), TestPostgres.HUB.password(), hub.folder);
    assertThat(serve(cluster("0.0.0.0")))
        .containsExactly(
            "tocsin: cluster.host 0.0.0.0 is not one private address; whoever reaches it could join the cluster");
  }

  private String cluster(String host) {
    return """
    http.port: 0
    management.port: 0
    cluster: {enabled: true, host: %s, port: %d, news_port: %d, members: [127.0.0.1]}
    """
        .formatted(host, first.getLocalPort(), second.getLocalPort());
  }

  @Test
  void aWrongPasswordNamesItsKeyAndNotItself() throws IOException {
    configure(hub.address.database(), "sesame", hub.folder);
    assertThat(serve("database.courier.password: sesame"))
        .containsExactly(
            "tocsin: database.password is not that of the role tocsin_hub, or it is absent",
            "tocsin: database.courier.password is not that of the role tocsin_courier, or it is absent");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws IOException {
    configure("nowhere", TestPostgres.HUB.password(), hub.folder);
    assertThat(serve(""))
        .containsExactly(
            "tocsin: database.url: there is no database nowhere on "
                + hub.address.host()
                + ":"
                + hub.address.port());
  }

  @Test
  void aServerThatDoesNotAnswerIsToldOnceEvenWithoutMigration() throws IOException {
    first.close();
    Files.writeString(
        conf,
        """
        smtp.host: relay.example
        http.port: 0
        management.port: 0
        data_dir: %s
        database: {url: "postgresql://localhost:%d/x", migrate: false, password: a,
          site: {password: b}, courier: {password: c}}
        """
            .formatted(hub.folder, first.getLocalPort()));
    assertThat(run("serve"))
        .singleElement()
        .asString()
        .startsWith(
            "tocsin: database.url: localhost:" + first.getLocalPort() + " does not answer: ");
  }

  @Test
  void anUnknownSslModeNamesTheModes() throws IOException {
    Files.writeString(
        conf,
        """
        smtp.host: relay.example
        http.port: 0
        management.port: 0
        data_dir: %s
        database: {url: "postgresql://localhost/x?sslmode=maybe", password: a,
          site: {password: b}, courier: {password: c}}
        """
            .formatted(hub.folder));
    assertThat(run("serve"))
        .containsExactly(
            "tocsin: database.url has no sslmode 'maybe'; there are disable, allow, prefer, require, verify-ca, verify-full");
  }

  @Test
  void aKeyThatCannotSignMailIsNamedBeforeAnythingIsTouched() throws IOException {
    Path untouched = hub.folder.resolve("untouched");
    configure("nowhere", TestPostgres.HUB.password(), untouched);
    assertThat(
            serve(
                """
                mail.from: news@committee.example
                smtp.dkim: {domain: committee.example, rsa_selector: a, rsa_key: %s}
                """
                    .formatted(conf)))
        .containsExactly(
            "tocsin: smtp.dkim.rsa_key "
                + conf
                + " is no PKCS#8 key in PEM, which begins with -----BEGIN PRIVATE KEY-----;"
                + " tocsin keys dkim makes one");
    assertThat(untouched).doesNotExist();
  }

  @Test
  void aProductionHubMakesNoKeyringOfItsOwn() throws IOException {
    Path empty = Files.createTempDirectory(hub.folder, "data-");
    configure(hub.address.database(), TestPostgres.HUB.password(), empty);
    assertThat(serve(""))
        .containsExactly(
            "tocsin: no keyring in "
                + empty.resolve("keys")
                + "; make one with: tocsin keys create, then back it up");
    assertThat(empty.resolve("keys")).doesNotExist();
  }

  @Test
  void aKeyringThatDidNotSealTheDatabaseIsRefused() throws IOException {
    mark();
    Path other = Files.createTempDirectory(hub.folder, "data-");
    Keyring.open(other.resolve("keys"), true);
    configure(hub.address.database(), TestPostgres.HUB.password(), other);
    assertThat(serve(""))
        .containsExactly(
            "tocsin: the keyring in data_dir/keys is not the one that sealed this database; restore its backup there");
  }

  @Test
  void noCommandMakesANewKeyringForADatabaseThatHasOne() throws IOException {
    mark();
    Path empty = Files.createTempDirectory(hub.folder, "data-");
    configure(hub.address.database(), TestPostgres.HUB.password(), empty);
    Files.writeString(
        conf, "database.courier.password: " + TestPostgres.COURIER.password() + "\n", APPEND);
    assertThat(run("verify-audit"))
        .containsExactly(
            "tocsin: the keyring that sealed this database is not in "
                + empty.resolve("keys")
                + "; restore its backup there");
    assertThat(empty.resolve("keys")).doesNotExist();
  }

  private void mark() {
    new KeyringMark(hub.address, TestPostgres.HUB).make(hub.keyring.sealer());
  }

  @Test
  void aDamagedKeysetIsNamedAndNoDatabaseIsLeftRunning() throws IOException {
    Path data = Files.createTempDirectory(hub.folder, "data-");
    Files.createDirectory(data.resolve("keys"));
    Files.writeString(data.resolve("keys/lookup.json"), "{}");
    for (String other : List.of("sealing", "tokens", "ids")) {
      Files.copy(
          hub.folder.resolve("keys/" + other + ".json"), data.resolve("keys/" + other + ".json"));
    }
    Files.writeString(
        conf,
        "smtp.host: relay.example\nhttp.port: 0\nmanagement.port: 0\ndata_dir: " + data + "\n");
    assertThat(run("serve"))
        .containsExactly(
            "tocsin: cannot use the keyring in "
                + data.resolve("keys")
                + ": lookup.json is not a keyset; restore it from the backup");
    assertThat(data.resolve("postgres/data/PG_VERSION")).exists();
    assertThat(data.resolve("postgres/data/postmaster.pid")).doesNotExist();
  }

  @Test
  void aDataFolderThatIsNoneIsNamed() throws IOException {
    Path file = Files.createFile(hub.folder.resolve("file"));
    configure(hub.address.database(), TestPostgres.HUB.password(), file);
    assertThat(serve(""))
        .containsExactly("tocsin: data_dir " + file + " cannot be written: it is no folder");
    configure(hub.address.database(), TestPostgres.HUB.password(), file.resolve("below"));
    assertThat(serve(""))
        .containsExactly(
            "tocsin: data_dir " + file.resolve("below") + " cannot be written: Not a directory");
  }

  @Test
  void aSettingsFileThatIsNotThereIsOneLine() {
    assertThat(run("serve"))
        .containsExactly(
            "tocsin: cannot read the settings file " + conf + ": there is no such file");
  }

  @Test
  void wrongUsageIsTwo() {
    StringWriter err = new StringWriter();
    CommandLine line = App.commandLine().setErr(new PrintWriter(err));
    assertThat(line.execute("serve", "--nope")).isEqualTo(2);
    assertThat(line.execute("frobnicate")).isEqualTo(2);
    assertThat(line.execute("import", "subscribers")).isEqualTo(2);
    assertThat(line.execute("staff")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--nope'");
  }

  private void configure(String database, String password, Path dataDir) throws IOException {
    Files.writeString(
        conf,
        """
        data_dir: %s
        smtp.host: relay.example
        database:
          url: postgresql://%s:%d/%s?sslmode=disable
          password: %s
          site: {password: %s}
        """
            .formatted(
                dataDir,
                hub.address.host(),
                hub.address.port(),
                database,
                password,
                TestPostgres.SITE.password()));
  }

  private List<String> serve(String more) throws IOException {
    String known = Files.readString(conf);
    String courier = more.contains("courier") ? "" : "\ndatabase.courier.password: %s\n";
    String ports = more.contains("port") ? "" : "\nhttp.port: 0\nmanagement.port: 0\n";
    Files.writeString(
        conf, known + more + courier.formatted(TestPostgres.COURIER.password()) + ports);
    return run("serve");
  }

  private List<String> run(String command) {
    StringWriter err = new StringWriter();
    int code =
        App.commandLine().setErr(new PrintWriter(err)).execute(command, "--conf", conf.toString());
    assertThat(code).as(err.toString()).isEqualTo(1);
    List<String> lines = err.toString().lines().toList();
    assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("tocsin: "));
    return lines;
  }
}
