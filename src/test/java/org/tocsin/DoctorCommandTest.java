package org.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
            "✓ database: all three roles sign in",
            "✓ database: version",
            "✓ database: migrated",
            "✓ database: rights of the roles",
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
    return run(
        Files.writeString(
            hub.folder.resolve("tocsin.yaml"),
            """
            data_dir: %s
            http.port: 0
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
