package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.network.Events;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestStaff;

/** A hub with three members of staff, and issues in whatever state a test needs. */
final class Pressroom implements AutoCloseable {
  static final Set<String> TOPICS = Set.of("newsletter", "torture");

  /** Whoever knows of it does not want it told. */
  static final String SECRET = "Voldemar";

  /** In how many places somebody must look. */
  LeakCheck leaks = text -> (text.length() - text.replace(SECRET, "").length()) / SECRET.length();

  final TestHub hub = new TestHub();
  final Settings settings =
      SettingsLoader.defaults(
          Map.of(
              "TOCSIN_SMTP_HOST", "relay.example",
              "TOCSIN_HTTP_PUBLIC_URL", "https://news.example"));
  final Languages languages = Languages.load();
  final Messages words = languages.in("en");
  final Broadcasts broadcasts =
      new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus);
  final Standstill standstill =
      new Standstill(hub.hub, hub.bus, hub.audit, hub.clock, anybody -> true);
  final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  final LeakAlarms alarms =
      new LeakAlarms(
          hub.hub,
          hub.keyring.sealer(),
          staff,
          new DirectMail(broadcasts, hub.keyring.lookup(), hub.clock),
          new LetterPress(settings)::press,
          languages,
          settings,
          hub.clock);
  final Newsletters newsletters =
      new Newsletters(
          hub.hub,
          hub.keyring.sealer(),
          hub.clock,
          hub.audit,
          settings,
          languages,
          broadcasts.ownedBy(Newsletters.OWNER),
          standstill,
          new Events(hub.hub, hub.keyring.ids(), hub.clock),
          TOPICS::contains,
          text -> leaks.found(text),
          alarms);
  final Archive archive = new Archive(hub.site, hub.clock);
  final Feeds feeds = new Feeds(archive, settings, languages);
  final StaffId editor = TestStaff.add(hub, "editor");
  final StaffId approver = TestStaff.add(hub, "approver");
  final StaffId officer = TestStaff.add(hub, "officer");
  private final AtomicInteger months = new AtomicInteger();

  /** A month that no issue of this pressroom has yet. */
  String freshMonth() {
    int month = months.getAndIncrement();
    return "%04d-%02d".formatted(2000 + month / 12, 1 + month % 12);
  }

  static Draft draft(String month) {
    return new Draft(
        month,
        "Letter of " + month,
        "What we did in " + month,
        "## Good news\n\nA chemist in **Norvania** may travel again (" + month + ").",
        List.of("newsletter"));
  }

  Newsletter drafted() {
    return newsletters.create(draft(freshMonth()), editor, words);
  }

  Newsletter submitted() {
    return newsletters.submit(drafted().id(), editor);
  }

  Newsletter approved() {
    return newsletters.approve(submitted().id(), approver, Optional.empty());
  }

  Released published() {
    return newsletters.release(approved().id(), officer, Optional.empty());
  }

  Newsletter rewritten(Newsletter issue, String markdown, StaffId staff) {
    Draft old = issue.draft();
    return newsletters.edit(
        issue.id(),
        issue.version(),
        new Draft(old.month(), old.subject(), old.preheader(), markdown, old.topics()),
        staff,
        words);
  }

  /** The content of a broadcast, by language. */
  Map<String, JsonObject> content(long broadcast) {
    return hub
        .hub
        .list(
            "SELECT language, body_sealed FROM engine.content WHERE broadcast = $1",
            row ->
                Map.entry(
                    row.getString("language"),
                    new JsonObject(
                        hub.keyring
                            .sealer()
                            .open("broadcast.content", row.getBuffer("body_sealed").getBytes()))),
            broadcast)
        .stream()
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  long count(String question, Object... arguments) {
    return hub.hub.<Long>get(question, row -> row.getLong(0), arguments);
  }

  @Override
  public void close() {
    hub.close();
  }
}
