package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.testing.TestHub;

/** What each database role may see of people, asked of the database itself. */
class PeopleRolesTest {
  private static final TestHub hub = new TestHub();

  @AfterAll
  static void close() {
    hub.close();
  }

  private static List<String> relations() {
    return hub.hub.list(
        """
        SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'people' AND c.relkind IN ('r', 'v', 'm', 'p') ORDER BY 1
        """,
        row -> row.getString("relname"));
  }

  @Test
  void thePublicSiteReadsNoPerson() {
    assertThat(relations()).contains("subscriber", "addressee", "sign_up_request").hasSize(7);
    relations().forEach(relation -> refused(hub.site, "SELECT 1 FROM people." + relation));
  }

  @Test
  void thePublicSiteOnlyAddsRequests() {
    refused(hub.site, "DELETE FROM people.sign_up_request");
    refused(hub.site, "UPDATE people.sign_up_request SET language = 'en'");
    refused(
        hub.site,
        "INSERT INTO people.sign_up_tally (hour, what, n) VALUES (now(), 'POSTPONED', 1)");
    assertThat(
            hub.site.run(
                """
                INSERT INTO people.sign_up_request (kind, address_sealed, topics, language, source_hash, at)
                VALUES ('SIGN_UP', '', '{newsletter}', 'en', '', now())
                """))
        .isEqualTo(1);
    refused(
        hub.site,
        """
        INSERT INTO people.sign_up_request (kind, address_sealed, topics, language, source_hash, at)
        VALUES ('SIGN_UP', '', '{newsletter}', 'en', '', now()) RETURNING id
        """);
  }

  @Test
  void theCourierReadsTheAddresseeAndNothingElse() {
    for (String relation : relations()) {
      if (relation.equals("addressee")) {
        assertThat(hub.courier.list("SELECT * FROM people.addressee", row -> 1)).isEmpty();
      } else {
        refused(hub.courier, "SELECT 1 FROM people." + relation);
      }
    }
    refused(hub.courier, "UPDATE people.addressee SET language = 'en'");
  }

  private static void refused(Database role, String sql) {
    assertThatThrownBy(() -> role.run(sql))
        .as(sql)
        .isInstanceOfSatisfying(
            DatabaseFailure.class, failure -> assertThat(failure.forbidden()).isTrue());
  }
}
