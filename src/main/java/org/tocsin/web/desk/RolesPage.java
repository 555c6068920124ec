package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;

/** Every role and what it may do, out of the same tables that the guard asks. */
public final class RolesPage {
  private final Pages pages;
  private final Supplier<List<Line>> routes;

  /**
   * @param routes the route table, asked when the page is shown, since this page stands in it
   */
  public RolesPage(Pages pages, Supplier<List<Line>> routes) {
    this.pages = pages;
    this.routes = routes;
  }

  /** A line of the route table, as far as it is about rights. */
  public record Line(String method, String path, Permission permission) {
    public static Line of(Route route) {
      return new Line(route.method().name(), route.path(), route.permission());
    }
  }

  /** A verb, the roles that have it, and where it is asked for. */
  public record Verb(Permission permission, List<Line> lines) {}

  /** What the page shows. */
  public record RolesTable(List<Role> roles, List<Verb> verbs) {}

  /** GET /desk/roles */
  public void show(RoutingContext ctx) {
    List<Line> lines = routes.get();
    pages.show(
        ctx,
        "desk/roles",
        new RolesTable(
            List.of(Role.values()),
            Arrays.stream(Permission.values())
                .filter(permission -> permission != Permission.ANYONE)
                .map(
                    permission ->
                        new Verb(
                            permission,
                            lines.stream()
                                .filter(line -> line.permission() == permission)
                                .toList()))
                .toList()));
  }
}
