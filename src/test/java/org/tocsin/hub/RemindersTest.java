package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.WorkState;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.NewMember;
import org.tocsin.filings.Deadline;
import org.tocsin.filings.FilingDraft;
import org.tocsin.filings.FilingId;
import org.tocsin.filings.Mechanism;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;

/** What waits for staff is told by mail: once a day, to whom it concerns, and not what it is. */
class RemindersTest {
  /** A Monday. */
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  private final TestDesk desk = new TestDesk();
  private final Messages words = desk.features.languages.in("en");
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);
  private final StaffMember keeper =
      desk.staff("keeper@tocsin.example", "Amara Okonjo", Role.MEMBERSHIP_OFFICER);

  @AfterEach
  void close() {
    desk.close();
  }

  private CaseFile withDate(LocalDate due) {
    FilingDeskTest.write(desk, officer, approver, false);
    CaseFile file =
        desk.features
            .cases
            .list(officer.id(), Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, 1)
            .getFirst();
    FilingDraft draft = new FilingDraft(Mechanism.WGAD, false, Optional.empty(), Optional.empty());
    FilingId filing = desk.features.filings.begin(file.id(), draft, officer.id(), words);
    desk.features.filingRecords.setDeadline(filing, due, "Send the annex", officer.id(), words);
    return file;
  }

  /** To whom reminders were sent in this round. */
  private List<String> round() {
    int before = addressees().size();
    desk.features.reminders.round();
    return addressees().stream().skip(before).toList();
  }

  private List<String> addressees() {
    return desk.hub.hub.list(
        "SELECT subject FROM audit.entry WHERE action = 'staff.reminded' ORDER BY no",
        row -> row.getString("subject"));
  }

  /** Of the case with the date; whoever keeps the members is told nothing of it. */
  private List<String> team() {
    return List.of(officer.id().actor(), approver.id().actor());
  }

  private void nextDay() {
    desk.hub.clock.advance(Duration.ofDays(1));
  }

  @Test
  void aDateOfACaseIsToldToItsTeamOnceOnItsDays() {
    withDate(TODAY.plusDays(8));
    assertThat(round()).as("eight days before").isEmpty();
    nextDay();
    assertThat(round()).as("seven days before").isEqualTo(team());
    assertThat(round()).as("the same day again").isEmpty();
    nextDay();
    assertThat(round()).isEmpty();
    desk.hub.clock.advance(Duration.ofDays(5));
    assertThat(round()).as("the eve").isEqualTo(team());
  }

  @Test
  void whatWasMissedWhileNoHubRanIsToldOnTheFirstDay() {
    withDate(TODAY.plusDays(8));
    assertThat(round()).isEmpty();
    desk.hub.clock.advance(Duration.ofDays(3));
    assertThat(round()).isEqualTo(team());
  }

  @Test
  void nobodyIsWrittenToInTheNightOrAfterTheirEnd() {
    withDate(TODAY.plusDays(7));
    desk.hub.clock.advance(Duration.ofHours(-5));
    assertThat(round()).as("at four in the morning").isEmpty();
    desk.hub.clock.advance(Duration.ofHours(5));
    desk.features.staff.end("system", officer.id());
    assertThat(round()).containsExactly(approver.id().actor());
  }

  @Test
  void aDateThatWasMetIsNotToldOf() {
    withDate(TODAY.plusDays(7));
    FilingId filing = new FilingId(1);
    for (Deadline open : desk.features.filings.deadlines(filing)) {
      desk.features.filingRecords.endDeadline(filing, open.id(), Deadline.How.MET, officer.id());
    }
    assertThat(round()).isEmpty();
  }

  @Test
  void theYearlyLookIsCalledToMindEachMonday() {
    MemberId member =
        desk.features.members.enrol(
            "system",
            new NewMember(
                Circle.NETWORK,
                "Ada Ahorn",
                EmailAddress.parse("ada@academy.example").orElseThrow(),
                "en",
                List.of(),
                Optional.empty()));
    assertThat(round()).isEmpty();
    desk.hub.clock.advance(Duration.ofDays(7 * 53));
    assertThat(round()).containsExactly(keeper.id().actor());
    nextDay();
    assertThat(round()).as("a Tuesday").isEmpty();
    desk.features.members.checked(keeper.id().actor(), member);
    desk.hub.clock.advance(Duration.ofDays(6));
    assertThat(round()).as("looked at").isEmpty();
  }

  @Test
  void theMailSaysHowManyThingsWaitAndNotWhat() {
    CaseFile file = withDate(TODAY.plusDays(7));
    assertThat(round()).isEqualTo(team());
    String mail =
        desk.hub.hub.get(
            "SELECT c.body::text AS body FROM engine.broadcast b JOIN engine.content c ON c.broadcast = b.id WHERE b.kind = 'reminder'",
            row -> row.getString("body"));
    assertThat(mail)
        .contains("1 thing waits for you")
        .doesNotContain(
            file.details().name(), file.reference().text(), "Working Group", "WGAD", "annex");
    assertThat(new Letters(desk).link("reminder")).isEqualTo("/desk");
  }
}
