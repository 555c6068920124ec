package org.tocsin.web.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.Alerts;
import org.tocsin.alerts.Told;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Delivery;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.Members;
import org.tocsin.network.Endpoint;
import org.tocsin.network.EndpointId;
import org.tocsin.network.Endpoints;

/**
 * Who does not have a stop. By name for whoever works at alerts and may read this one, since it is
 * they who telephone; that they saw names is written down. For all others by number, and whom to
 * ask.
 */
public final class UntoldList {
  private static final int MOST = 200;

  private final Alerts alerts;
  private final Members members;
  private final Endpoints endpoints;
  private final Audit audit;

  public UntoldList(Alerts alerts, Members members, Endpoints endpoints, Audit audit) {
    this.alerts = alerts;
    this.members = members;
    this.endpoints = endpoints;
    this.audit = audit;
  }

  /**
   * How far a stop has come.
   *
   * @param shown whether this reader may know the names
   * @param named whom they may know
   * @param unnamed how many more have not got it
   */
  public record Model(Told told, boolean shown, List<Line> named, long unnamed) {
    /** The sentence that says how many were told, by its key. */
    public String says() {
      return !told.known() && told.reached() == 0 ? "unknown" : told.left() == 0 ? "all" : "some";
    }

    /** Whom to ask who may not know the names. */
    public List<String> whomToAsk() {
      return Permission.READ_ALERTS.roles().stream().sorted().map(Role::word).toList();
    }
  }

  /** One whom this reader may know. */
  public record Line(String name, Delivery delivery) {
    /** As the ledger has it, in lower case. */
    public String state() {
      return delivery.state().toLowerCase(Locale.ROOT);
    }
  }

  Optional<Model> of(Alert alert, StaffMember reader) {
    boolean shown = alerts.shownTo(alert, reader);
    return alerts
        .told(alert.chain(), shown ? MOST : 0)
        .map(told -> model(alert, told, shown, reader));
  }

  private Model model(Alert alert, Told told, boolean shown, StaffMember reader) {
    List<Line> named = new ArrayList<>();
    for (Told.Untold one : told.untold()) {
      name(one).ifPresent(name -> named.add(new Line(name, one.delivery())));
    }
    if (!named.isEmpty()) {
      audit.read(reader.id().actor(), "alert_untold", alert.id().subject(), named.size());
    }
    return new Model(told, shown, named, Math.max(0, told.left() - named.size()));
  }

  private Optional<String> name(Told.Untold one) {
    long target = one.delivery().target();
    return one.member()
        ? members.named(new MemberId(target)).map(Member::name)
        : endpoints.find(new EndpointId(target)).map(UntoldList::name);
  }

  private static String name(Endpoint endpoint) {
    return endpoint.description() + " (" + endpoint.host() + ")";
  }
}
