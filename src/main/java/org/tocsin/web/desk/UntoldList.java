package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Chain;
import org.tocsin.alerts.Told;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.Members;
import org.tocsin.network.Endpoint;
import org.tocsin.network.EndpointId;
import org.tocsin.network.Endpoints;

/** Who does not have a stop, by name where the reader may know the name, else by number alone. */
public final class UntoldList {
  private static final int MOST = 200;

  private final Alerts alerts;
  private final Members members;
  private final Endpoints endpoints;

  public UntoldList(Alerts alerts, Members members, Endpoints endpoints) {
    this.alerts = alerts;
    this.members = members;
    this.endpoints = endpoints;
  }

  /**
   * How far a stop has come.
   *
   * @param named whom this reader may know
   * @param unnamed how many more have not got it
   */
  public record Model(Told told, List<Line> named, long unnamed) {}

  /** One whom this reader may know. */
  public record Line(String name, Delivery delivery) {
    /** As the ledger has it, in lower case. */
    public String state() {
      return delivery.state().toLowerCase(Locale.ROOT);
    }
  }

  Optional<Model> of(Chain chain, StaffMember reader) {
    return alerts.told(chain, MOST).map(told -> model(told, reader));
  }

  private Model model(Told told, StaffMember reader) {
    List<Line> named = new ArrayList<>();
    for (Told.Untold one : told.untold()) {
      name(one, reader).ifPresent(name -> named.add(new Line(name, one.delivery())));
    }
    return new Model(told, named, Math.max(0, told.left() - named.size()));
  }

  private Optional<String> name(Told.Untold one, StaffMember reader) {
    long target = one.delivery().target();
    if (one.member()) {
      return reader.may(Permission.READ_MEMBERS)
          ? members.named(new MemberId(target)).map(Member::name)
          : Optional.empty();
    }
    return reader.may(Permission.READ_ENDPOINTS)
        ? endpoints.find(new EndpointId(target)).map(UntoldList::name)
        : Optional.empty();
  }

  private static String name(Endpoint endpoint) {
    return endpoint.description() + " (" + endpoint.host() + ")";
  }
}
