package org.tocsin.subscribers;

import java.time.InstantSource;
import java.util.List;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;

/**
 * The public's side: leaves a sealed request and knows nobody. The same few steps whatever the
 * address is; the database gives the site's role no way to look.
 */
public final class SignUps {
  private final Database database;
  private final PeopleVault vault;
  private final Bus bus;
  private final InstantSource clock;
  private final SignUpRequestRepository requests = new SignUpRequestRepository();

  /**
   * @param database the public site's role, for whatever the site's pages ask
   */
  public SignUps(Database database, PeopleVault vault, Bus bus, InstantSource clock) {
    this.database = database;
    this.vault = vault;
    this.bus = bus;
    this.clock = clock;
  }

  /** Asks for a confirmation to be sent. */
  public void request(SignUp wish, SourceNetwork source) {
    leave(
        SignUpRequestRepository.Kind.SIGN_UP,
        wish.address(),
        wish.topics(),
        wish.language(),
        source);
  }

  /** Asks for a new link to somebody's own choices. */
  public void requestLink(EmailAddress address, String language, SourceNetwork source) {
    leave(SignUpRequestRepository.Kind.LINK, address, List.of(), language, source);
  }

  private void leave(
      SignUpRequestRepository.Kind kind,
      EmailAddress address,
      List<String> topics,
      String language,
      SourceNetwork source) {
    byte[] closed = vault.seal(address);
    byte[] from = vault.hash(source);
    database.inTransaction(
        tx -> {
          requests.insert(tx, kind, closed, topics, language, from, clock.instant());
          tx.afterCommit(() -> bus.publish(SignUpAsked.TOPIC, new SignUpAsked()));
        });
  }
}
