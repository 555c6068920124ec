package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.network.Endpoints;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.Newsletters;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** The desk's first page: what waits for somebody, and what is under way. */
public final class InboxPage {
  private static final int LOOK_BACK = 50;

  private final Newsletters newsletters;
  private final Broadcasts broadcasts;
  private final FilingPages filings;
  private final Endpoints endpoints;
  private final OpaqueIds ids;
  private final Pages pages;

  public InboxPage(
      Newsletters newsletters,
      Broadcasts broadcasts,
      FilingPages filings,
      Endpoints endpoints,
      OpaqueIds ids,
      Pages pages) {
    this.newsletters = newsletters;
    this.broadcasts = broadcasts;
    this.filings = filings;
    this.endpoints = endpoints;
    this.ids = ids;
    this.pages = pages;
  }

  public record Issue(String id, Newsletter newsletter) {}

  public record Send(String id, Progress progress) {}

  /**
   * @param due filings of the visitor's own cases with a date that is over or near
   * @param unconfirmed endpoints of the network that somebody else registered
   */
  public record Model(
      List<Issue> review,
      List<Issue> approved,
      List<Send> running,
      List<Send> attention,
      List<FilingPages.Row> due,
      List<EndpointPages.Row> unconfirmed) {}

  public void show(RoutingContext ctx) {
    List<Newsletter> recent = newsletters.list("", LOOK_BACK);
    List<Send> running = new ArrayList<>();
    List<Send> attention = new ArrayList<>();
    for (Progress progress : broadcasts.recent(Long.MAX_VALUE, LOOK_BACK)) {
      Send send = new Send(ids.encode("broadcast", progress.id().value()), progress);
      if (!progress.state().ended()) {
        running.add(send);
      } else if (progress.inDoubt() > 0 || progress.failed() > 0) {
        attention.add(send);
      }
    }
    pages.show(
        ctx,
        "desk/inbox",
        new Model(
            in(recent, Newsletter.State.IN_REVIEW),
            in(recent, Newsletter.State.APPROVED),
            running,
            attention,
            filings.due(Visitor.staff(ctx)),
            unconfirmed(Visitor.staff(ctx))));
  }

  private List<EndpointPages.Row> unconfirmed(StaffMember visitor) {
    return visitor.may(Permission.CONFIRM_ENDPOINT)
        ? endpoints.unconfirmed(LOOK_BACK).stream()
            .filter(endpoint -> !endpoint.createdBy().equals(visitor.id()))
            .map(one -> new EndpointPages.Row(ids.encode("endpoint", one.id().value()), one))
            .toList()
        : List.of();
  }

  private List<Issue> in(List<Newsletter> recent, Newsletter.State state) {
    return recent.stream()
        .filter(newsletter -> newsletter.state() == state)
        .map(newsletter -> new Issue(ids.encode("newsletter", newsletter.id().value()), newsletter))
        .toList();
  }
}
