package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.Attempts;
import org.tocsin.access.LetterBudget;
import org.tocsin.access.LetterPace;
import org.tocsin.access.Marks;
import org.tocsin.access.RequestGate;
import org.tocsin.access.WishTally;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.OurMail;
import org.tocsin.testing.TestHub;

/** Everything that deals with members, on a real database, and the letters it queued. */
final class MemberFixture implements AutoCloseable {
  static final SourceNetwork HOME = SourceNetwork.of("192.0.2.7");
  static final String OFFICER = "staff:1";

  final TestHub hub = new TestHub();
  final Settings settings = SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true"));
  final Languages languages = Languages.load();
  final MemberVault vault = new MemberVault(hub.keyring.sealer(), hub.keyring.lookup());
  final MemberMail mail =
      new MemberMail(
          new DirectMail(
              new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus),
              hub.keyring.lookup(),
              hub.clock),
          (letter, words) -> OurMail.unset(letter),
          languages,
          settings,
          hub.clock);
  final Attempts attempts = new Attempts(hub.keyring.lookup(), hub.clock);
  final LetterBudget budget = new LetterBudget(hub.keyring.lookup(), attempts, 5);
  final Marks marks = new Marks(hub.keyring.tokens(), hub.clock);
  final PortalLinks portalLinks =
      new PortalLinks(hub.hub, vault, mail, attempts, budget, marks, hub.audit, hub.bus, hub.clock);
  final RosterImport roster = new RosterImport(hub.hub, vault, hub.audit, hub.clock);
  final WishTally tally =
      new WishTally(
          WishTally.Wish.APPLICATION, hub.hub, () -> ApplicationClerk.waiting(hub.hub), hub.clock);
  final Applications applications =
      new Applications(hub.site, vault, new RequestGate(hub.clock), tally, hub.bus, hub.clock);
  final ApplicationClerk clerk =
      new ApplicationClerk(
          hub.hub, vault, mail, budget, new LetterPace(hub.clock, 20), tally, hub.audit, hub.clock);
  final ApplicationLinks links =
      new ApplicationLinks(hub.hub, vault, hub.audit, hub.bus, hub.clock);
  final Members members = new Members(hub.hub, vault, mail, hub.audit, hub.clock);
  final ApplicationDecisions decisions =
      new ApplicationDecisions(hub.hub, vault, members, clerk, hub.audit, hub.clock);
  final MemberSelection selections = new MemberSelection(hub.keyring.sealer());
  final MailCodes codes = new MailCodes(hub.keyring.lookup());
  final CorrespondentAudience audience =
      new CorrespondentAudience(
          vault, selections, codes, settings.http().link("/portal"), new DailyHour(7), hub.clock);
  final ApplicationRepository applied = new ApplicationRepository(vault);
  final MemberRepository known = new MemberRepository(vault);

  /** A letter as it waits in the engine. */
  record Queued(String kind, String to, String url, String address, String code, String content) {
    String token() {
      return url.substring(url.lastIndexOf('/') + 1);
    }
  }

  void list(String... rows) {
    roster.run(OFFICER, "name,email,academy,section,year\n" + String.join("\n", rows) + "\n");
  }

  /** At the form, with the clerk's work done. */
  void apply(String name, String email) {
    leave(name, email);
    work();
  }

  void leave(String name, String email) {
    applications.apply(
        ApplicationForm.of(name, email, "NAS", "en", languages, languages.in("en")), HOME);
  }

  void prove() {
    prove(last("application_proof").token());
    work();
  }

  /** By the letter as it stands. */
  boolean prove(String token) {
    return links.prove(token, "", Optional.empty());
  }

  void work() {
    while (clerk.round()) {
      // one a round
    }
  }

  Application latest() {
    return decisions.page(List.of(Application.State.values()), Long.MAX_VALUE, 1).getFirst();
  }

  MemberId enrol(Circle circle, String email) {
    return members.enrol(
        OFFICER,
        new NewMember(
            circle,
            "Somebody",
            EmailAddress.parse(email).orElseThrow(),
            "en",
            List.of(),
            Optional.empty()));
  }

  Member member(MemberId id) {
    return known.find(hub.hub, id).orElseThrow();
  }

  void wish(MemberId id, Wishes wishes) {
    hub.hub.inTransaction(tx -> known.setWishes(tx, id, wishes, "en"));
  }

  Queued last(String kind) {
    return letters().stream().filter(one -> one.kind().equals(kind)).toList().getLast();
  }

  List<Queued> letters() {
    return hub.hub.list(
        """
        SELECT b.kind, r.holes, c.body FROM engine.broadcast b
        JOIN engine.recipient r ON r.broadcast = b.id JOIN engine.content c ON c.broadcast = b.id
        WHERE r.holes IS NOT NULL ORDER BY b.id
        """,
        row -> {
          JsonObject open =
              new JsonObject(
                  hub.keyring.sealer().open("recipient.holes", row.getBuffer("holes").getBytes()));
          return new Queued(
              row.getString("kind"),
              open.getString("to"),
              open.getString("url"),
              open.getString("address", ""),
              open.getString("code", ""),
              row.getJsonObject("body").encode());
        });
  }

  List<String> kinds() {
    return letters().stream().map(Queued::kind).toList();
  }

  List<String> actions(String subject) {
    return hub.audit.latest(subject, Long.MAX_VALUE, 50).reversed().stream()
        .map(entry -> entry.action())
        .toList();
  }

  @Override
  public void close() {
    hub.close();
  }
}
