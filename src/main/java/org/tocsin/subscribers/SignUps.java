package org.tocsin.subscribers;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Asker;
import org.tocsin.access.Door;
import org.tocsin.access.Mark;
import org.tocsin.access.Marks;
import org.tocsin.access.RequestGate;
import org.tocsin.access.WishTally;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.TooMany;
import org.tocsin.subscribers.SignUpRequestRepository.Kind;
import org.tocsin.subscribers.SignUpRequestRepository.Request;

/**
 * The public's side: leaves a sealed request and knows nobody. The same few steps whatever the
 * address is; the database gives the site's role no way to look.
 */
public final class SignUps {
  private final Database database;
  private final PeopleVault vault;
  private final RequestGate gate;
  private final Marks marks;
  private final WishTally tally;
  private final Bus bus;
  private final InstantSource clock;
  private final SignUpRequestRepository requests = new SignUpRequestRepository();

  /**
   * @param database the public site's role, for whatever the site's pages ask
   */
  public SignUps(
      Database database,
      PeopleVault vault,
      RequestGate gate,
      Marks marks,
      WishTally tally,
      Bus bus,
      InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.gate = gate;
    this.marks = marks;
    this.tally = tally;
    this.bus = bus;
    this.clock = clock;
  }

  /**
   * Asks for a confirmation to be sent.
   *
   * @throws TooMany where the network is beyond its cap, whatever the address
   */
  public void request(SignUp wish, Asker asker) {
    leave(Kind.SIGN_UP, wish.address(), wish.topics(), wish.language(), asker);
  }

  /**
   * Asks for a new link to somebody's own choices.
   *
   * @throws TooMany as {@link #request} does; to whoever came in by that browser before, later
   */
  public void requestLink(EmailAddress address, String language, Asker asker) {
    leave(Kind.LINK, address, List.of(), language, asker);
  }

  private void leave(
      Kind kind, EmailAddress address, List<String> topics, String language, Asker asker) {
    List<Mark> known = asker.at(Door.SUBSCRIBER);
    Optional<byte[]> person =
        known.stream()
            .filter(mark -> kind == Kind.LINK)
            .findFirst()
            .map(mark -> vault.hash(kind + " by " + mark.budget()));
    Request request =
        new Request(
            kind,
            vault.seal(address),
            topics,
            language,
            vault.hash(kind + " from " + asker.network().key()),
            clock.instant(),
            marks.write(known),
            false);
    try {
      database.inTransaction(
          tx -> {
            gate.admit(tx, request.source(), person);
            requests.insert(tx, request);
            tx.afterCommit(() -> bus.publish(SignUpAsked.TOPIC, new SignUpAsked()));
          });
    } catch (TooMany refused) {
      tally.count(WishTally.What.NETWORK);
      throw refused;
    }
  }
}
