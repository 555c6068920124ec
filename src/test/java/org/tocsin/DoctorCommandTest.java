package org.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.testing.SmtpSink;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

/** The doctor sees what is wrong, and nothing where nothing is. */
class DoctorCommandTest {
  private final TestHub hub = new TestHub();
  private final SmtpSink relay = new SmtpSink().start();
  private final StringWriter out = new StringWriter();

  @AfterEach
  void close() {
    relay.close();
    hub.close();
  }

  @Test
  void aHubInGoodHealthHasNothingToMend() throws IOException {
    assertThat(examine("disabled")).as(out.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "✓ data folder",
            "✓ keyring",
            "✓ proxies",
            "✓ database: all three roles sign in",
            "✓ database: version",
            "✓ database: migrated",
            "✓ database: rights of the roles",
            "✓ database: statistics are closed to the site and the courier",
            "✓ database: clock",
            "✓ mail relay",
            "✓ DKIM: off, so the relay must sign",
            "✓ ports");
  }

  @Test
  void whatIsWrongIsNamedWithWhatToDo() throws IOException {
    hub.hub.run("GRANT SELECT ON people.subscriber TO tocsin_site");
    hub.hub.run("REVOKE UPDATE ON engine.segment FROM tocsin_courier");
    hub.hub.run(
        """
        DELETE FROM public.flyway_schema_history
        WHERE version = (SELECT max(version) FROM public.flyway_schema_history)
        """);
    Files.delete(hub.folder.resolve("keys/ids.json"));
    assertThat(examine("required")).isOne();
    assertThat(out.toString())
        .contains("✗ keyring: cannot use the keyring", "ids.json is missing")
        .contains("✗ database: migrated: 1 migrations are to be made; run: tocsin migrate")
        .contains("tocsin_site may SELECT on people.subscriber: REVOKE it")
        .contains("tocsin_courier may not UPDATE on engine.segment: GRANT it")
        .contains(
            "✗ mail relay: smtp.host localhost:"
                + relay.port()
                + " with smtp.tls required: starttls not offered: ",
            "The relay does not offer STARTTLS");
  }

  @Test
  void aProxyThatNobodyNamedIsAFinding() throws IOException {
    assertThat(examine("disabled", "connections: 1", "http.public_url: https://hub.example.org"))
        .isOne();
    assertThat(out.toString())
        .contains(
            "✗ proxies: http.public_url is https, so a proxy stands before the hub, and"
                + " http.trusted_proxies does not name it");
    Files.writeString(
        hub.folder.resolve("unnamed-proxies.json"),
        """
        {"at": "%s", "peers": ["10.0.0.5", "192.168.1.1"], "requests": 7, "requests_from_outside": 3}
        """
            .formatted(Instant.now()));
    out.getBuffer().setLength(0);
    assertThat(examine("disabled", "connections: 1", "http.trusted_proxies: [10.0.0.0/8]")).isOne();
    assertThat(out.toString())
        .contains("✗ proxies: 7 requests were forwarded by 192.168.1.1, the last about ");
    out.getBuffer().setLength(0);
    assertThat(
            examine(
                "disabled",
                "connections: 1",
                "http: {trusted_proxies: ['10.0.0.0/8', 192.168.1.1],"
                    + " public_url: 'https://hub.example.org', port: 0}"))
        .as(out.toString())
        .isZero();
  }

  /** As on a managed server, where nobody may close them. */
  @Test
  void openStatisticsAreToldAndTemporaryTablesAreAFinding() throws Exception {
    try (Connection admin = TestPostgres.superuser(hub.address);
        Statement run = admin.createStatement()) {
      run.execute("GRANT EXECUTE ON FUNCTION pg_relation_size(regclass, text) TO PUBLIC");
      assertThat(examine("disabled")).as(out.toString()).isZero();
      assertThat(out.toString())
          .contains("✓ database: the site and the courier may ask for sizes (pg_relation_size)");
      run.execute(
          "GRANT TEMPORARY ON DATABASE \"" + hub.address.database() + "\" TO tocsin_courier");
    }
    assertThat(examine("disabled")).isOne();
    assertThat(out.toString())
        .contains("tocsin_courier may make temporary tables: REVOKE TEMPORARY ON DATABASE");
  }

  @Test
  void aKeyThatCannotSignIsAFinding() throws IOException {
    assertThat(
            examine(
                "disabled",
                "dkim: {domain: tocsin.example, rsa_selector: a, rsa_key: %s/none.pem}"
                    .formatted(hub.folder)))
        .isOne();
    assertThat(out.toString())
        .contains(
            "✗ DKIM: keys: smtp.dkim.rsa_key %s/none.pem cannot be read: there is no such file"
                .formatted(hub.folder));
  }

  @Test
  void settingsThatCannotBeUsedAreAFinding() throws IOException {
    Path conf = Files.writeString(hub.folder.resolve("tocsin.yaml"), "htp.port: 1\n");
    assertThat(run(conf)).isOne();
    assertThat(out.toString())
        .contains("✗ settings: htp.port is not a known key", "✗ settings: smtp.host");
  }

  private int examine(String tls) throws IOException {
    return examine(tls, "connections: 1");
  }

  private int examine(String tls, String more) throws IOException {
    return examine(tls, more, "http.port: 0");
  }

  private int examine(String tls, String more, String http) throws IOException {
    return run(
        Files.writeString(
            hub.folder.resolve("tocsin.yaml"),
            """
            data_dir: %s
            %s
            management.port: 0
            smtp: {host: localhost, port: %d, tls: %s, %s}
            database:
              url: postgresql://%s:%d/%s?sslmode=disable
              password: %s
              site: {password: %s}
              courier: {password: %s}
            """
                .formatted(
                    hub.folder,
                    http.startsWith("http.") && !http.startsWith("http.port")
                        ? http + "\nhttp.port: 0"
                        : http,
                    relay.port(),
                    tls,
                    more,
                    hub.address.host(),
                    hub.address.port(),
                    hub.address.database(),
                    TestPostgres.HUB.password(),
                    TestPostgres.SITE.password(),
                    TestPostgres.COURIER.password())));
  }

  private int run(Path conf) {
    return App.commandLine()
        .setOut(new PrintWriter(out))
        .execute("doctor", "--conf", conf.toString());
  }
}
