package org.tocsin.platform.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told about settings that cannot be used. */
class SettingsLoaderTest {
  private Path folder;

  @BeforeEach
  void take(@TempDir Path empty) {
    folder = empty;
  }

  @Test
  void whatIsNoProxyIsRefusedByItsName() {
    assertThatThrownBy(
            () ->
                SettingsLoader.defaults(
                    Map.of(
                        "TOCSIN_DEMO",
                        "true",
                        "TOCSIN_HTTP_TRUSTED_PROXIES",
                        "10.0.0.0/8, proxy.example, ::1, 10.0.0.1/33, 0.0.0.0/0")))
        .isInstanceOfSatisfying(
            InvalidSettings.class,
            wrong ->
                assertThat(wrong.problems())
                    .hasSize(3)
                    .allMatch(problem -> problem.startsWith("http.trusted_proxies holds '"))
                    .anyMatch(problem -> problem.contains("'proxy.example', which is neither"))
                    .anyMatch(problem -> problem.contains("'10.0.0.1/33', which has a prefix"))
                    .anyMatch(problem -> problem.contains("'0.0.0.0/0', which is everybody")));
    assertThat(
            SettingsLoader.defaults(
                    Map.of(
                        "TOCSIN_DEMO", "true", "TOCSIN_HTTP_TRUSTED_PROXIES", "10.0.0.0/8,fd00::1"))
                .http()
                .trustedProxies())
        .hasSize(2);
  }

  @Test
  void everythingWrongIsListedAtOnceAndNamesItsKey() throws IOException {
    assertThat(
            problems(
                """
                http: {prot: 8080, port: eighty, instances: 1000}
                database: {url: "postgresql://db.example/tocsin"}
                smtp: {tls: perhaps}
                mail: 5
                webhooks: {allowed_hosts: "one.example:8443"}
                alerts: {daily_hour: 24}
                demo: maybe
                lanterns: 3
                """))
        .containsExactlyInAnyOrder(
            "http.prot is not a known key",
            "http.port must be a whole number from 0 to 65535, not 'eighty' (environment:"
                + " TOCSIN_HTTP_PORT)",
            "http.instances must be a whole number from 1 to 64, not '1000' (environment:"
                + " TOCSIN_HTTP_INSTANCES)",
            "database.password is missing: database.url is set, so the role tocsin_hub needs its"
                + " password (environment: TOCSIN_DATABASE_PASSWORD)",
            "database.site.password is missing: database.url is set, so the role tocsin_site needs"
                + " its password (environment: TOCSIN_DATABASE_SITE_PASSWORD)",
            "database.courier.password is missing: database.url is set, so the role tocsin_courier"
                + " needs its password (environment: TOCSIN_DATABASE_COURIER_PASSWORD)",
            "smtp.host is missing: name the mail relay (only a demo has a captured mailbox)"
                + " (environment: TOCSIN_SMTP_HOST)",
            "smtp.tls must be one of required, optional, disabled, not 'perhaps' (environment:"
                + " TOCSIN_SMTP_TLS)",
            "mail is a group of keys and takes no value of its own",
            "webhooks.allowed_hosts must be a list (environment: TOCSIN_WEBHOOKS_ALLOWED_HOSTS)",
            "alerts.daily_hour must be a whole number from 0 to 23, not '24' (environment:"
                + " TOCSIN_ALERTS_DAILY_HOUR)",
            "demo must be true or false, not 'maybe' (environment: TOCSIN_DEMO)",
            "lanterns is not a known key");
  }

  @Test
  void aKeyInTheWrongGroupIsShownItsPlace() throws IOException {
    assertThat(problems("demo: true\nhttp: {allow_private: true}\n"))
        .containsExactly(
            "http.allow_private is not a known key; did you mean webhooks.allow_private?");
  }

  @Test
  void keysThatCannotSignTogetherAreTold() throws IOException {
    assertThat(
            problems(
                """
                demo: true
                mail: {from: news@lists.committee.example}
                smtp.dkim: {domain: other.example, rsa_selector: A_1, rsa_key: a.pem, ed25519_key: b.pem}
                """))
        .containsExactlyInAnyOrder(
            "smtp.dkim.rsa_selector must be lower-case words, digits and hyphens, not 'A_1'"
                + " (environment: TOCSIN_SMTP_DKIM_RSA_SELECTOR)",
            "smtp.dkim.ed25519_key and smtp.dkim.ed25519_selector go together (environment:"
                + " TOCSIN_SMTP_DKIM_ED25519_KEY)",
            "smtp.dkim.domain must be the domain of mail.from, lists.committee.example, or above it"
                + " (environment: TOCSIN_SMTP_DKIM_DOMAIN)");
    assertThat(problems("demo: true\nsmtp.dkim.domain: committee.example\n"))
        .containsExactly(
            "smtp.dkim.domain signs nothing: no key is named beside it (environment:"
                + " TOCSIN_SMTP_DKIM_DOMAIN)");
    assertThat(
            problems(
                """
                demo: true
                smtp.dkim: {rsa_selector: a, rsa_key: a.pem, ed25519_selector: a, ed25519_key: b.pem}
                """))
        .containsExactlyInAnyOrder(
            "smtp.dkim.domain is missing: name the domain that the keys sign for (environment:"
                + " TOCSIN_SMTP_DKIM_DOMAIN)",
            "smtp.dkim.ed25519_selector must differ from smtp.dkim.rsa_selector: each key has a"
                + " record of its own (environment: TOCSIN_SMTP_DKIM_ED25519_SELECTOR)");
  }

  @Test
  void ratesAreReadAndThoseThatAreNoneAreTold() throws IOException {
    Files.writeString(
        file(),
        """
        demo: true
        engine: {domain_rates: [Example.org=20, slow.example=0.5], email_rate: 300, warm_up: 2026-12-01=500}
        """);
    Settings.Engine engine = SettingsLoader.fromFile(file(), Map.of()).engine();
    assertThat(engine.domainRates())
        .containsExactlyInAnyOrderEntriesOf(Map.of("example.org", 20.0, "slow.example", 0.5));
    assertThat(engine.emailRate()).hasValue(300);
    assertThat(engine.warmUp()).hasValue(new Settings.WarmUp(LocalDate.of(2026, 12, 1), 500));
    assertThat(
            problems(
                """
                demo: true
                engine: {domain_rates: [example.org=0.000, example.com], email_rate: -1, warm_up: 2026-02-30=500}
                """))
        .containsExactlyInAnyOrder(
            "engine.domain_rates must be words like example.org=20, a domain and its messages a"
                + " second; this is none: example.org=0.000 (environment:"
                + " TOCSIN_ENGINE_DOMAIN_RATES)",
            "engine.domain_rates must be words like example.org=20, a domain and its messages a"
                + " second; this is none: example.com (environment: TOCSIN_ENGINE_DOMAIN_RATES)",
            "engine.email_rate must be a whole number from 0 to 1000000, not '-1' (environment:"
                + " TOCSIN_ENGINE_EMAIL_RATE)",
            "engine.warm_up is a day and the mails of that day, like 2026-12-01=500 (environment:"
                + " TOCSIN_ENGINE_WARM_UP)");
    assertThat(problems("demo: true\nengine.warm_up: soon\n"))
        .singleElement()
        .asString()
        .startsWith("engine.warm_up is a day and the mails of that day");
  }

  @Test
  void aDomainAboveTheSendersSignsForItInAnyScript() throws IOException {
    Files.writeString(
        file(),
        """
        demo: true
        mail: {from: news@Comité.example}
        smtp.dkim: {domain: xn--comit-fsa.example, rsa_selector: a, rsa_key: a.pem}
        """);
    assertThat(SettingsLoader.fromFile(file(), Map.of()).smtp().dkim()).isPresent();
  }

  @Test
  void aFileThatIsNoYamlIsToldByLineAndColumn() throws IOException {
    assertThat(problems("demo: true\nhttp: [1\nfoo: }\n"))
        .singleElement()
        .asString()
        .startsWith(file() + " line 3, column ")
        .doesNotContain("\n");
    assertThat(problems("hello")).containsExactly(file() + " must hold keys and their values");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Path absent = folder.resolve("absent.yaml");
    assertThat(problems(absent))
        .containsExactly("cannot read the settings file " + absent + ": there is no such file");
    assertThat(problems(folder))
        .containsExactly("cannot read the settings file " + folder + ": Is a directory");
  }

  @Test
  void aClusterNeedsAnAddressAndWhoBelongsToIt() throws IOException {
    assertThat(
            problems(
                """
                demo: true
                cluster: {enabled: true, port: 0, news_port: 5701}
                """))
        .containsExactlyInAnyOrder(
            "cluster.port must be a whole number from 1 to 65535, not '0' (environment:"
                + " TOCSIN_CLUSTER_PORT)",
            "cluster.news_port must differ from cluster.port (environment:"
                + " TOCSIN_CLUSTER_NEWS_PORT)",
            "cluster.host is missing: cluster.enabled is set, so this node needs a private address"
                + " for the others (environment: TOCSIN_CLUSTER_HOST)",
            "cluster.members is missing: cluster.enabled is set, so the nodes must be named, as"
                + " host or host:port (environment: TOCSIN_CLUSTER_MEMBERS)");
    assertThat(
            problems(
                """
                demo: true
                cluster: {enabled: true, host: 10.0.0.1, members: ["10.0.0.2", "http://10.0.0.3"]}
                """))
        .containsExactly(
            "cluster.members must be words like node-2.internal:5701, not 'http://10.0.0.3'"
                + " (environment: TOCSIN_CLUSTER_MEMBERS)");
  }

  @Test
  void membersWithoutAPortHaveOurs() {
    assertThat(
            SettingsLoader.defaults(
                    Map.of(
                        "TOCSIN_DEMO", "true",
                        "TOCSIN_CLUSTER_ENABLED", "true",
                        "TOCSIN_CLUSTER_HOST", "10.0.0.1",
                        "TOCSIN_CLUSTER_PORT", "5800",
                        "TOCSIN_CLUSTER_MEMBERS", "10.0.0.1,node-2:5900"))
                .cluster()
                .members())
        .containsExactly("10.0.0.1:5800", "node-2:5900");
  }

  @Test
  void theEnvironmentGoesBeforeTheFile() throws IOException {
    Files.writeString(file(), "demo: true\nhttp.port: 1\n");
    assertThat(SettingsLoader.fromFile(file(), Map.of("TOCSIN_HTTP_PORT", "2")).http().port())
        .isEqualTo(2);
  }

  private Path file() {
    return folder.resolve("tocsin.yaml");
  }

  private List<String> problems(String yaml) throws IOException {
    Files.writeString(file(), yaml);
    return problems(file());
  }

  private static List<String> problems(Path file) {
    return catchThrowableOfType(
            InvalidSettings.class, () -> SettingsLoader.fromFile(file, Map.of()))
        .problems();
  }
}
