package org.tocsin.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.correspondents.Areas;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.testing.StolenCopy;

/** What a thief of the database reads of calls, and what nobody rewrites there. */
class SealedCallsTest {
  private final CallFixture fixture = new CallFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Call answered() {
    Member vera = fixture.volunteer("vera@clinic.example", "interpreting");
    Call sentBack = fixture.created();
    fixture.calls.submit(sentBack.id(), fixture.officer);
    fixture.calls.reject(sentBack.id(), fixture.approver, "Too near to Quellhaven", fixture.words);
    Call call = fixture.released(fixture.created());
    fixture.answer(vera, call, true);
    return call;
  }

  @Test
  void aStolenCopyShowsNoWordOfCallsAndAnswers() {
    Call call = answered();
    StolenCopy copy = StolenCopy.of(fixture.hub.address);
    assertThat(copy.tables()).contains("calls.call", "calls.answer");
    assertThat(copy.shows(call.reference().text())).isTrue();
    assertThat(List.of("Quellhaven", "applicant", "By train", "Mondays")).noneMatch(copy::shows);
  }

  @Test
  void aNewKeySealsEveryTableAnew() {
    Call call = answered();
    FrozenCall frozen = fixture.calls.frozen(call);
    List<Answer> before = fixture.calls.openAnswers(call.id(), fixture.officer);
    Keyring.rotate(fixture.hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(fixture.hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(fixture.hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Calls.sealedTables()) {
      assertThat(resealing.run(table, done -> {})).as(table.name()).isPositive();
    }
    CallBook book =
        new CallBook(
            fixture.hub.hub,
            rotated.sealer(),
            fixture.hub.clock,
            fixture.hub.audit,
            fixture.engine.standstill,
            new Areas(fixture.settings.areas()));
    assertThat(book.calls.frozen(fixture.hub.hub, call.id()).orElseThrow()).isEqualTo(frozen);
    assertThat(book.answers.ofCall(fixture.hub.hub, call.id())).isEqualTo(before);
  }

  @Test
  void whatWasCalledForAndAnsweredIsNeverUnwritten() {
    answered();
    for (String rewriting :
        List.of(
            "UPDATE calls.answer SET can = false",
            "DELETE FROM calls.answer",
            "TRUNCATE calls.call CASCADE",
            "UPDATE calls.call SET reference = 'BBBB-CCCC'",
            "DELETE FROM calls.call")) {
      assertThatThrownBy(() -> fixture.hub.hub.run(rewriting))
          .as(rewriting)
          .isInstanceOfSatisfying(
              DatabaseFailure.class, failure -> assertThat(failure.state()).isEqualTo("42501"));
    }
    assertThatThrownBy(
            () -> fixture.hub.hub.run("UPDATE calls.call SET needed = 9 WHERE release IS NOT NULL"))
        .hasMessageContaining("already_released");
  }
}
