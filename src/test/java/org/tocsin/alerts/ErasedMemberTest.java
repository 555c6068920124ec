package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.broadcasts.Progress;
import org.tocsin.channels.Outcome;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberErasure;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.testing.OpenedCopy;

/** A member who acted on an alert is erased: what they did counts on, and a stop goes on. */
class ErasedMemberTest {
  private static final String ADA = "ada.ahorn@academy.example";
  private static final String WORDS = "I told them who I am: Ada Ahorn";

  private final AlertFixture fixture = new AlertFixture();
  private final Readings readings =
      new Readings(
          fixture.hub.hub, fixture.hub.keyring.sealer(), fixture.hub.clock, fixture.hub.audit);
  private final MemberId other = fixture.member(Circle.CORRESPONDENT, "bo@academy.example");
  private final MemberId ada = fixture.member(Circle.CORRESPONDENT, ADA);

  @AfterEach
  void close() {
    fixture.close();
  }

  private void erase() {
    new MemberErasure(
            fixture.hub.hub,
            fixture.memberVault,
            new Forgetting(fixture.hub.keyring.sealer()),
            List.of(readings::forget),
            fixture.hub.audit,
            fixture.hub.clock)
        .erase("person", ada);
  }

  private boolean found(String words) {
    return OpenedCopy.of(
            fixture.hub.hub,
            fixture.hub.keyring.sealer(),
            Stream.of(MemberVault.sealedTables(), Broadcasts.sealedTables(), Alerts.sealedTables())
                .flatMap(List::stream)
                .toList())
        .shows(words);
  }

  /** The first try at Ada's mailbox is answered with her address. */
  private Alert reachedAndReported() {
    Alert alert = fixture.released(fixture.created().id());
    fixture.engine.channel.answer =
        address ->
            Future.succeededFuture(
                address.equals(ADA)
                    ? new Outcome.Deferred("450", "<" + ADA + "> is busy", Optional.empty())
                    : new Outcome.Accepted("250"));
    fixture.engine.start();
    eventually("one has it", () -> fixture.email(alert).sent() == 1);
    fixture.engine.channel.answer = address -> Future.succeededFuture(new Outcome.Accepted("250"));
    eventually(
        "both have it",
        () -> {
          fixture.engine.makeRetriesDue();
          return fixture.email(alert).sent() == 2;
        });
    Member member = fixture.members.look(ada).member();
    readings.report(
        member,
        alert.chain().reference(),
        new ReportDraft(ActionReport.Way.WROTE, LocalDate.of(2026, 6, 15), WORDS, WORDS),
        fixture.words);
    return alert;
  }

  @Test
  void theirWordsAreGoneAndWhatTheyDidCountsOn() {
    Alert alert = reachedAndReported();
    assertThat(found(ADA)).isTrue();
    assertThat(found(WORDS)).isTrue();
    erase();
    assertThat(found(ADA)).isFalse();
    assertThat(found("Ahorn")).isFalse();
    assertThat(readings.counts(alert.chain().id())).containsEntry(ActionReport.Way.WROTE, 1L);
    assertThat(readings.reports(alert.chain().id(), 10))
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.member()).isEqualTo(ada);
              assertThat(report.target() + report.reply()).isEmpty();
            });
    assertThat(fixture.email(alert).sent()).isEqualTo(2);
  }

  @Test
  void aStopCountsThemAsNotReachableAndGoesOn() {
    Alert alert = reachedAndReported();
    erase();
    fixture.alerts.stop(alert.id(), StopReason.ERROR, fixture.anybody);
    fixture.engine.snapshot();
    Progress told = fixture.engine.completed(fixture.stopMail(alert).id());
    assertThat(List.of(told.total(), told.sent(), told.suppressed())).containsExactly(2, 1, 1);
    assertThat(fixture.sentTo(told)).containsExactly(other.value());
    assertThat(fixture.engine.broadcasts.deliveries(told.id(), 0, 0, 10, Optional.of("SUPPRESSED")))
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.target()).isEqualTo(ada.value());
              assertThat(delivery.code()).isEqualTo("erased");
            });
  }
}
