package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.tocsin.access.Asker;
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

/** Everything that deals with subscribers, on a real database, and the letters it queued. */
final class PeopleFixture implements AutoCloseable {
  static final SourceNetwork HOME = SourceNetwork.of("192.0.2.7");

  final TestHub hub = new TestHub();
  final Settings settings = SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true"));
  final Languages languages = Languages.load();
  final Topics topics = new Topics(settings.topics());
  final PeopleVault vault = new PeopleVault(hub.keyring.sealer(), hub.keyring.lookup());
  final PersonLinks links = new PersonLinks(hub.keyring.tokens(), settings.http());
  final PersonMail mail =
      new PersonMail(
          new DirectMail(
              new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus),
              hub.keyring.lookup(),
              hub.clock),
          (letter, words) -> OurMail.unset(letter),
          languages,
          settings.organisation(),
          links,
          hub.clock);
  final Marks marks = new Marks(hub.keyring.tokens(), hub.clock);
  final WishTally tally =
      new WishTally(WishTally.Wish.SIGN_UP, hub.hub, () -> SignUpClerk.waiting(hub.hub), hub.clock);
  final LetterBudget budget =
      new LetterBudget(hub.keyring.lookup(), new Attempts(hub.keyring.lookup(), hub.clock), 5);
  final SignUps signUps =
      new SignUps(hub.site, vault, new RequestGate(hub.clock), marks, tally, hub.bus, hub.clock);
  final SignUpClerk clerk =
      new SignUpClerk(
          hub.hub,
          vault,
          mail,
          budget,
          new LetterPace(hub.clock, 20),
          marks,
          tally,
          hub.audit,
          hub.clock);
  final Confirmations confirmations =
      new Confirmations(hub.hub, vault, links, topics, hub.audit, hub.clock);
  final Unsubscribes unsubscribes =
      new Unsubscribes(hub.hub, vault, links, topics, hub.audit, hub.clock);
  final Preferences preferences =
      new Preferences(hub.hub, vault, links, topics, languages, budget, hub.audit, hub.clock);
  final AddressChanges changes =
      new AddressChanges(hub.hub, vault, links, mail, budget, hub.audit, hub.clock);
  final PeopleHousekeeping housekeeping =
      new PeopleHousekeeping(hub.hub, vault, hub.audit, hub.clock);
  final SubscriberAudience audience =
      new SubscriberAudience(vault, links, languages, topics, hub.clock);
  final SubscriberRepository people = new SubscriberRepository(vault);

  /** A letter as it waits in the engine. */
  record Queued(String kind, String to, String url, String topics) {
    String token() {
      return url.substring(url.lastIndexOf('/') + 1);
    }
  }

  /** Asks at the form and lets the clerk work. */
  void signUp(String address, String... wanted) {
    ask(address, HOME, wanted);
    work();
  }

  void ask(String address, SourceNetwork source, String... wanted) {
    signUps.request(
        SignUp.of(address, List.of(wanted), "en", topics, languages, languages.in("en")),
        Asker.stranger(source));
  }

  void work() {
    while (clerk.round()) {
      // one request a round
    }
  }

  /** Signs up and confirms. */
  Person active(String address, String... wanted) {
    signUp(address, wanted);
    confirm(lastLetter());
    return person(address);
  }

  void confirm(Queued letter) {
    assertThat(confirmations.confirm(letter.token()))
        .get()
        .isInstanceOf(Confirmations.Standing.Confirmed.class);
  }

  Confirmations.Standing look(Queued letter) {
    return confirmations.look(letter.token()).orElseThrow();
  }

  Person person(String address) {
    return people.find(hub.hub, EmailAddress.parse(address).orElseThrow()).orElseThrow();
  }

  boolean known(String address) {
    return people.find(hub.hub, EmailAddress.parse(address).orElseThrow()).isPresent();
  }

  String preferencesOf(Person person) {
    return links.preferences(person.id(), person.links(), hub.clock.instant());
  }

  long count(String table) {
    return hub.hub.get("SELECT count(*) AS n FROM " + table, row -> row.getLong("n"));
  }

  List<Queued> letters() {
    return hub.hub.list(
        """
        SELECT b.kind, r.holes FROM engine.broadcast b JOIN engine.recipient r ON r.broadcast = b.id
        ORDER BY b.id
        """,
        row -> {
          Buffer holes = row.getBuffer("holes");
          JsonObject open =
              new JsonObject(hub.keyring.sealer().open("recipient.holes", holes.getBytes()));
          return new Queued(
              row.getString("kind"),
              open.getString("to"),
              open.getString("url"),
              open.getString("topics", ""));
        });
  }

  /** Asks for a link to one's choices. */
  void askLink(String address, Asker asker) {
    signUps.requestLink(EmailAddress.parse(address).orElseThrow(), "en", asker);
  }

  Queued lastLetter() {
    return letters().getLast();
  }

  List<String> actions(Person person) {
    return hub.audit.latest(person.id().subject(), Long.MAX_VALUE, 50).reversed().stream()
        .map(entry -> entry.action())
        .toList();
  }

  @Override
  public void close() {
    hub.close();
  }
}
