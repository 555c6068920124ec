package org.tocsin.correspondents;

import java.time.InstantSource;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.database.Database;

/**
 * The public's side: leaves a sealed application and knows nobody. The same few steps whoever
 * applies; the database gives the site's role no way to look.
 */
public final class Applications {
  private final Database site;
  private final MemberVault vault;
  private final Bus bus;
  private final InstantSource clock;
  private final ApplicationRequestRepository requests = new ApplicationRequestRepository();

  public Applications(Database site, MemberVault vault, Bus bus, InstantSource clock) {
    this.site = site;
    this.vault = vault;
    this.bus = bus;
    this.clock = clock;
  }

  public void apply(ApplicationForm form, SourceNetwork source) {
    site.inTransaction(
        tx -> {
          requests.insert(
              tx, vault.sealRequest(form.toText()), vault.hash(source), clock.instant());
          tx.afterCommit(() -> bus.publish(ApplicationLeft.TOPIC, new ApplicationLeft()));
        });
  }
}
