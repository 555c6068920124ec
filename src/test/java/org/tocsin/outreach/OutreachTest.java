package org.tocsin.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.testing.Refusals.code;

import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.AuditEntry;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Casebook;
import org.tocsin.cases.Cases;
import org.tocsin.cases.DemoCases;
import org.tocsin.cases.Profession;
import org.tocsin.cases.WorkState;
import org.tocsin.officials.DemoOfficials;
import org.tocsin.officials.OfficialDetails;
import org.tocsin.officials.OfficialId;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.errors.HubException;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.StolenCopy;
import org.tocsin.testing.TestHub;

/** Outreach: who writes it, who reads which half of it, and that it stays as it was written. */
class OutreachTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 15);

  private final TestHub hub = new TestHub();
  private final Messages words = Languages.load().in("en");
  private final Casebook book = new Casebook(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  private final Cases cases = new Cases(book);
  private final CaseTeam teams = new CaseTeam(book);
  private final Officials officials =
      new Officials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  private final Outreach outreach =
      new Outreach(hub.hub, hub.keyring.sealer(), book, teams, officials, hub.clock);
  private final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  private final StaffMember officer = member("officer", Role.CASE_OFFICER);
  private final StaffMember outsider = member("outsider", Role.CASE_OFFICER);

  @AfterEach
  void close() {
    hub.close();
  }

  private StaffMember member(String name, Role role) {
    return staff.add("system", name + "@tocsin.example", name, Set.of(role));
  }

  private CaseId takenIn() {
    CaseDetails details =
        new CaseDetails("Ilyas Voren", "", "XN", Profession.PHYSICIAN, "Arrested at work.");
    return cases.create(details, officer.id(), words).id();
  }

  private OfficialId minister() {
    OfficialDetails details =
        new OfficialDetails(
            "Minister", "", "Ministry", "XN", "1 Square", "", "ru", "Уважаемый", "Sir,");
    return officials.create(details, officer.id(), words).id();
  }

  private ContactDraft letter(OfficialId official, LocalDate day, String text) {
    return new ContactDraft(official, Way.LETTER, day, text);
  }

  private Contact contacted(CaseId id, String text) {
    outreach.add(id, letter(minister(), TODAY, text), officer.id(), words);
    return outreach.contacts(id).getFirst();
  }

  @Test
  void aReplyIsOpenedByTheTeamAloneWhateverTheRole() {
    CaseId id = takenIn();
    Contact contact = contacted(id, "Asked for a visit");
    outreach.addReply(id, contact.id(), TODAY, "They refuse", officer.id(), words);
    assertThat(outreach.openReplies(id, officer.id()).orElseThrow())
        .extracting(Reply::text)
        .containsExactly("They refuse");
    for (Role role : Role.values()) {
      assertThat(outreach.openReplies(id, member(role.word(), role).id())).isEmpty();
    }
    teams.add(id, outsider, officer.id(), words);
    assertThat(outreach.openReplies(id, outsider.id())).isPresent();
    teams.remove(id, outsider.id(), officer.id());
    assertThat(outreach.openReplies(id, outsider.id())).isEmpty();
  }

  @Test
  void onlyTheTeamWritesAndNothingOnceTheCaseIsSealed() {
    CaseId id = takenIn();
    Contact contact = contacted(id, "Asked for a visit");
    ContactDraft another = letter(contact.official(), TODAY, "Again");
    assertThatThrownBy(() -> outreach.add(id, another, outsider.id(), words))
        .satisfies(code("not_on_team"));
    assertThatThrownBy(() -> outreach.addReply(id, contact.id(), TODAY, "No", outsider.id(), words))
        .satisfies(code("not_on_team"));
    cases.move(id, 1, WorkState.DECLINED, "Not ours", officer.id(), words);
    cases.move(id, 2, WorkState.SEALED, "", officer.id(), words);
    assertThatThrownBy(() -> outreach.add(id, another, officer.id(), words))
        .satisfies(code("case_sealed"));
    assertThatThrownBy(
            () ->
                hub.hub.run(
                    "INSERT INTO outreach.reply (contact, case_file, received_on, text_sealed, written_by, at)"
                        + " VALUES ($1, $2, now(), '', $3, now())",
                    contact.id().value(),
                    id.value(),
                    officer.id().value()))
        .hasMessageContaining("sealed");
    assertThat(outreach.contacts(id)).containsExactly(contact);
  }

  @Test
  void whatWasWrittenIsNeverRewritten() {
    CaseId id = takenIn();
    Contact contact = contacted(id, "Asked for a visit");
    outreach.addReply(id, contact.id(), TODAY, "They refuse", officer.id(), words);
    for (String sql :
        List.of(
            "UPDATE outreach.contact SET way = 'CALL'",
            "UPDATE outreach.contact SET made_on = '2020-01-01'",
            "DELETE FROM outreach.contact",
            "UPDATE outreach.reply SET received_on = '2020-01-01'",
            "DELETE FROM outreach.reply",
            "TRUNCATE outreach.reply")) {
      assertThatThrownBy(() -> hub.hub.run(sql)).as(sql).hasMessageContaining("never rewritten");
    }
  }

  @Test
  void everyWrongFieldIsNamedAndAnUnknownOfficialOrContactIsRefused() {
    CaseId id = takenIn();
    CaseId other = takenIn();
    assertThatThrownBy(
            () -> outreach.add(id, letter(minister(), TODAY.plusDays(1), " "), officer.id(), words))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields())
                    .extracting(HubException.Field::name)
                    .containsExactly("text", "made_on"));
    assertThatThrownBy(
            () ->
                outreach.add(id, letter(new OfficialId(999), TODAY, "Hello"), officer.id(), words))
        .satisfies(code("not_found"));
    Contact contact = contacted(id, "Asked for a visit");
    assertThatThrownBy(
            () -> outreach.addReply(other, contact.id(), TODAY, "No", officer.id(), words))
        .satisfies(code("not_found"));
    assertThat(outreach.openReplies(other, officer.id()).orElseThrow()).isEmpty();
  }

  @Test
  void aStolenCopyAndTheAuditShowNothingThatWasSaid() {
    CaseId id = takenIn();
    Contact contact = contacted(id, "zeisig-asked");
    outreach.addReply(id, contact.id(), TODAY, "zeisig-answered", officer.id(), words);
    StolenCopy copy = StolenCopy.of(hub.address);
    assertThat(copy.shows("case.reply_added")).isTrue();
    assertThat(copy.shows("zeisig")).isFalse();
    assertThat(hub.audit.latest(id.subject(), Long.MAX_VALUE, 9))
        .extracting(AuditEntry::action)
        .contains("case.outreach_added", "case.reply_added");
  }

  @Test
  void aNewKeySealsItAnew() {
    CaseId id = takenIn();
    Contact contact = contacted(id, "Asked for a visit");
    outreach.addReply(id, contact.id(), TODAY, "They refuse", officer.id(), words);
    Keyring.rotate(hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Outreach.sealedTables()) {
      assertThat(resealing.run(table, done -> {})).as(table.name()).isEqualTo(1);
      assertThat(
              hub.hub.<Long>get(
                  "SELECT count(*) AS n FROM %s WHERE substring(%s FOR 5) <> $1"
                      .formatted(table.name(), table.columns().getFirst().column()),
                  row -> row.getLong("n"),
                  Buffer.buffer(rotated.sealer().newestPrefix())))
          .isZero();
    }
    Outreach after = new Outreach(hub.hub, rotated.sealer(), book, teams, officials, hub.clock);
    assertThat(after.contacts(id)).containsExactly(contact);
  }

  @Test
  void theDemonstrationsWordsAreItsOwn() {
    StaffMember approver = member("approver", Role.APPROVER);
    new DemoCases(hub.hub, hub.keyring.sealer(), hub.audit, words).write(officer.id(), approver);
    new DemoOfficials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock)
        .write(officer.id(), words);
    DemoOutreach demo = new DemoOutreach(outreach, officials, cases);
    demo.write(officer.id(), words);
    demo.write(officer.id(), words);
    assertThat(
            hub.hub.<Long>get(
                "SELECT count(*) AS n FROM outreach.contact", row -> row.getLong("n")))
        .isEqualTo(8);
    assertThat(
            hub.hub.<Long>get("SELECT count(*) AS n FROM outreach.reply", row -> row.getLong("n")))
        .isEqualTo(4);
    assertThat(DemoOutreach.canaries())
        .doesNotContainAnyElementsOf(DemoOfficials.canaries())
        .doesNotContainAnyElementsOf(DemoCases.canaries())
        .doesNotHaveDuplicates();
    StolenCopy copy = StolenCopy.of(hub.address);
    assertThat(DemoOutreach.canaries()).noneMatch(copy::shows);
  }
}
