package org.tocsin.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;

class AuditTest {
  private final TestHub hub = new TestHub();

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void aChainOfEntriesVerifies() {
    write(3);
    assertThat(hub.audit.verify()).isEqualTo(new Audit.Verdict(3, java.util.Optional.empty()));
  }

  @Test
  void oneChangedByteIsFound() throws SQLException {
    write(5);
    tamper("UPDATE audit.entry SET detail = replace(detail, '3', '4') WHERE no = 3");
    assertThat(hub.audit.verify().broken()).hasValue("entry 3 was changed");
  }

  @Test
  void aMissingEndIsFound() throws SQLException {
    write(4);
    tamper("DELETE FROM audit.entry WHERE no = 4");
    assertThat(hub.audit.verify().broken())
        .hasValueSatisfying(text -> assertThat(text).contains("after 3 are missing"));
  }

  @Test
  void theHubItselfCannotRewriteAnEntry() {
    write(1);
    assertThatThrownBy(() -> hub.hub.run("UPDATE audit.entry SET actor = 'nobody'"))
        .isInstanceOfSatisfying(
            DatabaseFailure.class, refused -> assertThat(refused.forbidden()).isTrue());
    assertThatThrownBy(() -> hub.hub.run("DELETE FROM audit.entry"))
        .isInstanceOfSatisfying(
            DatabaseFailure.class, refused -> assertThat(refused.forbidden()).isTrue());
  }

  @Test
  void whatIsRolledBackLeavesNoEntry() {
    assertThatThrownBy(
            () ->
                hub.hub.inTransaction(
                    tx -> {
                      hub.audit.record(tx, "system", "test.done", "test:1");
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(hub.audit.verify().checked()).isZero();
  }

  @Test
  void entriesAreFoundByWhoWhatAndOnWhat() {
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:1", "newsletter.approved", "news:1"));
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:2", "newsletter.written", "news:1"));
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:2", "newsletters.counted", "news:2"));
    assertThat(found(Audit.Filter.ALL, Long.MAX_VALUE)).containsExactly(3L, 2L, 1L);
    assertThat(found(Audit.Filter.ALL, 3)).containsExactly(2L, 1L);
    assertThat(found(new Audit.Filter("staff:2", "", ""), Long.MAX_VALUE)).containsExactly(3L, 2L);
    assertThat(found(new Audit.Filter("", "newsletter", ""), Long.MAX_VALUE))
        .containsExactly(2L, 1L);
    assertThat(found(new Audit.Filter("", "newsletter.approved", ""), Long.MAX_VALUE))
        .containsExactly(1L);
    assertThat(found(new Audit.Filter("", "newsletter", "news:2"), Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void whatTellsOfCasesIsNotFoundByWhoReadsNone() {
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:1", "newsletter.held", "news:1"));
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:1", "newsletter.cleared", "news:1"));
    hub.hub.inTransaction(tx -> hub.audit.record(tx, "staff:1", "newsletter.approved", "news:1"));
    assertThat(found(Audit.Filter.ALL, Long.MAX_VALUE)).containsExactly(3L);
    assertThat(found(new Audit.Filter("", "newsletter.held", ""), Long.MAX_VALUE)).isEmpty();
    assertThat(hub.audit.history("news:1", 10, Audit.Sight.WITHOUT_CASES)).hasSize(1);
    assertThat(hub.audit.history("news:1", 10, Audit.Sight.WITH_CASES)).hasSize(3);
    assertThat(hub.audit.latest(Audit.Filter.ALL, 3, 1, Audit.Sight.WITH_CASES))
        .extracting(AuditEntry::no)
        .containsExactly(2L);
    assertThat(hub.audit.verify()).isEqualTo(new Audit.Verdict(3, java.util.Optional.empty()));
  }

  private java.util.List<Long> found(Audit.Filter filter, long before) {
    return hub.audit.latest(filter, before, 10, Audit.Sight.WITHOUT_CASES).stream()
        .map(AuditEntry::no)
        .toList();
  }

  private void write(int count) {
    for (int i = 1; i <= count; i++) {
      int number = i;
      hub.hub.inTransaction(
          tx ->
              hub.audit.record(
                  tx, "system", "test.done", "test:1", new JsonObject().put("n", number)));
    }
  }

  private void tamper(String sql) throws SQLException {
    try (Connection admin = TestPostgres.superuser(hub.address);
        Statement statement = admin.createStatement()) {
      statement.execute("ALTER TABLE audit.entry DISABLE TRIGGER append_only");
      statement.execute(sql);
    }
  }
}
