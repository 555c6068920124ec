package org.tocsin.officials;

import java.util.Set;
import org.tocsin.access.Role;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.testing.TestHub;

/** A hub with an officer who keeps the directory. */
final class OfficialFixture implements AutoCloseable {
  final TestHub hub = new TestHub();
  final Messages words = Languages.load().in("en");
  final Officials officials = new Officials(hub.hub, hub.keyring.sealer(), hub.audit, hub.clock);
  final StaffId viewer = new StaffId(1);
  final OfficialSearch search = new OfficialSearch(officials);
  final StaffMember officer =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock)
          .add("system", "officer@tocsin.example", "Ines Castellanos", Set.of(Role.CASE_OFFICER));

  static OfficialDetails details(String office, String country) {
    return new OfficialDetails(
        office,
        "",
        "Ministry of Justice",
        country,
        "3 Independence Square\n10100 Velmora",
        "justice@norvania.example",
        "ru",
        "Ваше Превосходительство!",
        "Your Excellency,");
  }

  Official written(String office, String country) {
    return officials.create(details(office, country), officer.id(), words);
  }

  @Override
  public void close() {
    hub.close();
  }
}
