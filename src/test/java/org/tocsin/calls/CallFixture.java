package org.tocsin.calls;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.Progress;
import org.tocsin.broadcasts.TestEngine;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.correspondents.Areas;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.CorrespondentAudience;
import org.tocsin.correspondents.DailyHour;
import org.tocsin.correspondents.MailCodes;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberMail;
import org.tocsin.correspondents.MemberSelection;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.NewMember;
import org.tocsin.correspondents.ThinLetters;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.TestHub;

/** Staff who call, volunteers who are called, and an engine that the test steps. */
final class CallFixture implements AutoCloseable {
  static final String BODY = "An applicant in Quellhaven needs a physician by Tuesday.";

  final TestHub hub = new TestHub();
  final Languages languages = Languages.load();
  final Messages words = languages.in("en");
  final Settings settings = SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true"));
  final MemberVault vault = new MemberVault(hub.keyring.sealer(), hub.keyring.lookup());
  final MemberSelection selections = new MemberSelection(hub.keyring.sealer());
  final MailCodes codes = new MailCodes(hub.keyring.lookup());
  final CorrespondentAudience audience =
      new CorrespondentAudience(
          vault, selections, codes, settings.http().link("/portal"), new DailyHour(7), hub.clock);
  final TestEngine engine = new TestEngine(hub, List.of(audience));
  final Members members =
      new Members(
          hub.hub,
          vault,
          new MemberMail(
              new DirectMail(engine.broadcasts, hub.keyring.lookup(), hub.clock),
              new LetterPress(settings)::press,
              languages,
              settings,
              hub.clock),
          hub.audit,
          hub.clock);
  private final CallBook book =
      new CallBook(
          hub.hub,
          hub.keyring.sealer(),
          hub.clock,
          hub.audit,
          engine.standstill,
          new Areas(settings.areas()));
  final Calls calls =
      new Calls(
          book,
          engine.broadcasts.ownedBy(Calls.OWNER),
          audience,
          selections,
          new ThinLetters(new LetterPress(settings)::press, languages, settings),
          new Random(7));
  final CallReadings readings = new CallReadings(book);
  private final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  final StaffId officer = member("officer", Role.CASE_OFFICER);
  final StaffId approver = member("approver", Role.APPROVER);
  final StaffId releaser = member("releaser", Role.RELEASE_OFFICER);

  private StaffId member(String name, Role role) {
    return staff.add("system", name + "@tocsin.example", name, Set.of(role)).id();
  }

  CallDraft draft(int needed, String... areas) {
    return new CallDraft(
        "A physical evaluation in Quellhaven",
        BODY,
        List.of(areas),
        needed,
        hub.clock.instant().plus(Duration.ofDays(5)),
        List.of("ar"));
  }

  Call created() {
    return calls.create(draft(2, "physical-evaluation", "interpreting"), officer, words);
  }

  Call approved(Call call) {
    calls.submit(call.id(), officer);
    return calls.approve(call.id(), approver, Optional.empty());
  }

  /** Open; the engine has its snapshot and has sent nothing yet. */
  Call released(Call call) {
    Call open = calls.release(approved(call).id(), releaser);
    engine.snapshot();
    return open;
  }

  /** Their welcome is not sent: only calls are counted here. */
  Member volunteer(String email, String... areas) {
    return somebody(Circle.VOLUNTEER, email, areas);
  }

  Member somebody(Circle circle, String email, String... areas) {
    var id =
        members.enrol(
            "system",
            new NewMember(
                circle,
                "Somebody",
                EmailAddress.parse(email).orElseThrow(),
                "en",
                List.of(areas),
                Optional.empty()));
    engine.undo("member_welcome");
    return members.look(id).member();
  }

  void answer(Member member, Call call, boolean can) {
    readings.answer(member, call.reference(), new AnswerDraft(can, "By train", "Mondays"), words);
  }

  CallState state(Call call) {
    return calls.get(call.id()).state();
  }

  Progress mail(Call call) {
    return engine.progress(call.sent().orElseThrow().broadcast());
  }

  @Override
  public void close() {
    engine.close();
  }
}
