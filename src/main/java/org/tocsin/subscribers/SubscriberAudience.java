package org.tocsin.subscribers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience;
import org.tocsin.channels.Destination;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.subscribers.AddresseeRepository.ClosedAddressee;

/**
 * Everybody who is signed up for any of some topics: selection {@code {"topics": ["newsletter"]}}.
 * Looked at twice, at the snapshot and at the moment of sending.
 */
public final class SubscriberAudience implements Audience {
  public static final String NAME = "subscribers";
  private static final Logger log = LoggerFactory.getLogger(SubscriberAudience.class);
  private static final String TOPICS = "topics";

  private final PeopleVault vault;
  private final PersonLinks links;
  private final Languages languages;
  private final Topics topics;
  private final InstantSource clock;
  private final AddresseeRepository addressees = new AddresseeRepository();

  public SubscriberAudience(
      PeopleVault vault,
      PersonLinks links,
      Languages languages,
      Topics topics,
      InstantSource clock) {
    this.vault = vault;
    this.links = links;
    this.languages = languages;
    this.topics = topics;
    this.clock = clock;
  }

  public static JsonObject selection(List<String> topics) {
    return new JsonObject().put(TOPICS, new JsonArray(topics));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit) {
    return addressees.members(sql, wanted(selection), target, limit);
  }

  @Override
  public long count(Sql sql, JsonObject selection) {
    return addressees.count(sql, wanted(selection));
  }

  @Override
  public Map<Long, Addressee> reach(Sql courier, JsonObject selection, List<Recipient> recipients) {
    List<String> wanted = wanted(selection);
    Map<Long, Addressee> reached = new LinkedHashMap<>();
    recipients.forEach(
        recipient -> reached.put(recipient.target(), new Addressee.Unreachable("gone")));
    Instant now = clock.instant();
    for (ClosedAddressee closed :
        addressees.addressees(courier, recipients.stream().map(Recipient::target).toList())) {
      reached.put(closed.id().value(), reach(closed, wanted, now));
    }
    return reached;
  }

  private Addressee reach(ClosedAddressee closed, List<String> wanted, Instant now) {
    if (closed.state() != SubscriberState.ACTIVE) {
      return new Addressee.Unreachable(closed.state().word());
    }
    List<String> through =
        topics.ordered(wanted.stream().filter(closed.topics()::contains).toList());
    if (through.isEmpty()) {
      return new Addressee.Unreachable(SubscriberState.UNSUBSCRIBED.word());
    }
    try {
      EmailAddress address = vault.openAddress(closed.address());
      return new Addressee.Reachable(
          new Destination.Mailbox(address.address()),
          closed.language(),
          holes(closed, through, now),
          vault.hashes(address));
    } catch (UnusableKeyring unreadable) {
      // One row that does not open must not hold up the segment it stands in.
      log.atError()
          .addKeyValue("subscriber", closed.id().value())
          .setCause(unreadable)
          .log("An address does not open");
      return new Addressee.Unreachable("unreadable");
    }
  }

  private Map<String, String> holes(ClosedAddressee closed, List<String> through, Instant now) {
    Messages words = languages.in(closed.language());
    String list = through.getFirst();
    int most = Math.min(through.size(), PersonLinks.TOPICS_IN_A_MAILBOX_NAME);
    Map<String, String> holes = new LinkedHashMap<>();
    holes.put("name", closed.name().map(vault::openName).orElse(""));
    holes.put("list_id", list);
    holes.put("list_name", Topics.label(list, words));
    holes.put(
        "preferences_url",
        links.preferencesUrl(links.preferences(closed.id(), closed.links(), now)));
    holes.put("unsubscribe_url", links.unsubscribeUrl(links.unsubscribe(closed.id(), through)));
    holes.put("unsubscribe_token", links.unsubscribe(closed.id(), through.subList(0, most)));
    return holes;
  }

  private static List<String> wanted(JsonObject selection) {
    return selection.getJsonArray(TOPICS).stream().map(String::valueOf).toList();
  }
}
