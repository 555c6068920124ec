package org.tocsin.correspondents;

import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import org.tocsin.access.RequestGate;
import org.tocsin.access.WishTally;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * The public's side: leaves a sealed application and knows nobody. The same few steps whoever
 * applies; the database gives the site's role no way to look.
 */
public final class Applications {
  private final Database site;
  private final MemberVault vault;
  private final RequestGate gate;
  private final WishTally tally;
  private final Bus bus;
  private final InstantSource clock;
  private final ApplicationRequestRepository requests = new ApplicationRequestRepository();

  public Applications(
      Database site,
      MemberVault vault,
      RequestGate gate,
      WishTally tally,
      Bus bus,
      InstantSource clock) {
    this.site = site;
    this.vault = vault;
    this.gate = gate;
    this.tally = tally;
    this.bus = bus;
    this.clock = clock;
  }

  /**
   * @throws TooMany where the network is beyond its cap, whoever applies
   */
  public void apply(ApplicationForm form, SourceNetwork source) {
    Buffer from = vault.hash("application from " + source.key());
    try {
      site.inTransaction(
          tx -> {
            gate.admit(tx, from.getBytes());
            requests.insert(tx, vault.sealRequest(form.toText()), from, clock.instant());
            tx.afterCommit(() -> bus.publish(ApplicationLeft.TOPIC, new ApplicationLeft()));
          });
    } catch (TooMany refused) {
      tally.count(WishTally.What.NETWORK);
      throw refused;
    }
  }
}
