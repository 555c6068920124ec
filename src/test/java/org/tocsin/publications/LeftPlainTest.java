package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Migrations;
import org.tocsin.platform.database.ServerAddress;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.testing.StolenCopy;
import org.tocsin.testing.TestPostgres;

/** A database in which an earlier version wrote newsletters down in plain words. */
@ExtendWith(VertxExtension.class)
class LeftPlainTest {
  private static final String NAME = "Quellwin Tarabos";
  private static final String BEFORE = "021";
  private final Instant now = Instant.now();

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Vertx vertx;
  private final ServerAddress address = TestPostgres.unmigrated();

  @BeforeEach
  void begin(Vertx given) {
    vertx = given;
  }

  private void earlierVersion() throws SQLException {
    Flyway.configure()
        .dataSource(address.jdbcUrl(), TestPostgres.HUB.username(), TestPostgres.HUB.password())
        .locations("classpath:db/migration")
        .defaultSchema("public")
        .target(BEFORE)
        .placeholders(
            Map.of(
                "hub", TestPostgres.HUB.username(),
                "site", TestPostgres.SITE.username(),
                "courier", TestPostgres.COURIER.username()))
        .load()
        .migrate();
    try (Connection connection = TestPostgres.superuser(address);
        Statement plain = connection.createStatement()) {
      plain.execute("SET session_replication_role = replica");
      plain.execute(
          """
          INSERT INTO publications.newsletter (month, subject, preheader, body_markdown, topics, content_hash, returned,
            state, approval, release, visible_at, created_at, updated_at)
          VALUES ('2026-05', 'On NAME', 'Beside NAME', 'Body NAME', '{newsletter}', sha256('1'), 'Leave NAME out',
              'DRAFT', NULL, NULL, NULL, now(), now()),
            ('2026-06', 'On NAME too', '', 'Body NAME', '{newsletter}', sha256('2'), '',
              'RELEASED', 1, 1, now() + interval '1 day', now(), now());
          INSERT INTO publications.pressed_newsletter VALUES (2, 'page', '{"html": "<p>NAME</p>", "text": "NAME"}'),
            (2, 'letter.en', '{"subject": "On NAME too", "text": "NAME {{list_name}}", "html": "<p>NAME", "headers": {"List-Id": "<{{list_id}}>"}}');
          INSERT INTO publications.published_newsletter (month, subject, preheader, html, body_text, topics, language, visible_at, words)
          VALUES ('2026-06', 'On NAME too', '', '<p>NAME</p>', 'NAME', '{newsletter}', 'en', now() + interval '1 day', 'simple'),
            ('2026-04', 'Long public', '', '<p>x</p>', 'x', '{newsletter}', 'en', now() - interval '1 day', 'simple');
          INSERT INTO publications.sketch SELECT 1, '{"subject": "NAME"}', now();
          INSERT INTO network.event (scope, scope_no, type, visible_at, body, release)
          VALUES ('public', 1, 'newsletter.published', now() + interval '1 day', '{"data": "NAME"}', 1);
          INSERT INTO engine.broadcast (release, channel, lane, kind, title, audience, selection, in_doubt_policy, not_before, expires_at)
          VALUES (1, 'email', 2, 'newsletter', 'On NAME too', 'subscribers', '{}', 'LIST', now() + interval '1 day', now() + interval '2 days');
          INSERT INTO engine.content SELECT id, 'en', '{"text": "NAME"}' FROM engine.broadcast;
          """
              .replace("NAME", NAME));
    }
  }

  @Test
  void isSealedBeforeAnythingIsReadAndNothingIsLost() throws SQLException {
    earlierVersion();
    Keyring keyring = Keyring.open(folder, true);
    Migrations.run(address, TestPostgres.ROLES);
    try (Database hub =
        Database.open(
            vertx, address, TestPostgres.HUB.username(), TestPostgres.HUB.password(), 4)) {
      NewsletterVault vault = new NewsletterVault(keyring.sealer());
      LeftPlainRepository left = new LeftPlainRepository(hub, vault);
      left.seal();
      left.seal();
      new Broadcasts(hub, keyring.sealer(), keyring.ids(), new Bus(vertx)).sealLeftPlain();

      StolenCopy copy = StolenCopy.of(address);
      assertThat(copy.shows("Long public")).isTrue();
      assertThat(List.of("Quellwin", "Tarabos")).noneMatch(copy::shows);

      NewsletterRepository newsletters = new NewsletterRepository(vault);
      Newsletter draft = newsletters.findMonth(hub, "2026-05").orElseThrow();
      assertThat(draft.draft())
          .isEqualTo(
              new Draft(
                  "2026-05",
                  "On " + NAME,
                  "Beside " + NAME,
                  "Body " + NAME,
                  List.of("newsletter")));
      assertThat(draft.returned()).isEqualTo("Leave " + NAME + " out");
      Newsletter scheduled = newsletters.findMonth(hub, "2026-06").orElseThrow();
      assertThat(scheduled.state()).isEqualTo(State.SCHEDULED);
      assertThat(scheduled.returned()).isEmpty();
      Pressed pressed = new PressedRepository(vault).of(hub, scheduled.id());
      assertThat(pressed.page()).isEqualTo(new Pressed.Page("<p>" + NAME + "</p>", NAME));
      assertThat(Objects.requireNonNull(pressed.letters().get("en")).text().spelled())
          .isEqualTo(NAME + " {{list_name}}");
      String content =
          hub.get(
              "SELECT body_sealed FROM engine.content",
              row ->
                  keyring
                      .sealer()
                      .open("broadcast.content", row.getBuffer("body_sealed").getBytes()));
      assertThat(new JsonObject(content)).isEqualTo(new JsonObject().put("text", NAME));
      List<Newsletter> due =
          hub.transaction(tx -> newsletters.toPublish(tx, now.plusSeconds(200_000)));
      assertThat(due).extracting(one -> one.draft().month()).containsExactly("2026-06");
      assertThatThrownBy(
              () ->
                  hub.run(
                      "INSERT INTO publications.newsletter (month, topics, content_hash,"
                          + " created_at, updated_at) VALUES ('2026-09', '{newsletter}',"
                          + " sha256('3'), now(), now())"))
          .isInstanceOf(DatabaseFailure.class);
    }
  }
}
