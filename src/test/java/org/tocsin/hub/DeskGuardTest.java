package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.web.Route;

/** Every route of the desk, out of the route table itself, against every role and every trick. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeskGuardTest {
  private final TestDesk desk = new TestDesk();
  private final Map<Role, TestDesk.Browser> browsers = new LinkedHashMap<>();

  DeskGuardTest() {
    for (Role role : Role.values()) {
      browsers.put(
          role, desk.signedIn(desk.staff(role.word() + "@tocsin.example", role.word(), role)));
    }
  }

  @AfterAll
  void close() {
    desk.close();
  }

  @Test
  void noPageOfTheDeskOpensWithoutASession() {
    for (Route route : guarded()) {
      HttpResponse<String> answer = ask(desk.new Browser(), route, true);
      assertThat(answer.statusCode()).as(route.toString()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).hasValue("/desk/sign-in");
    }
    assertThat(guarded()).hasSizeGreaterThan(20);
  }

  @Test
  void everyRoleOpensWhatItsTableSaysAndNothingElse() {
    for (Route route : guarded()) {
      // Only the guard's answer counts here; a POST that passed would change something.
      if (route.method().equals(HttpMethod.POST)) {
        continue;
      }
      for (Role role : Role.values()) {
        HttpResponse<String> answer = ask(as(role), route, true);
        assertThat(answer.body().contains("Your roles do not allow this"))
            .as(role + " " + route.method() + " " + route.path())
            .isEqualTo(!route.permission().roles().contains(role));
      }
    }
  }

  @Test
  void noFormOfTheDeskIsTakenWithoutItsToken() {
    for (Route route : guarded()) {
      if (!route.method().equals(HttpMethod.POST)) {
        continue;
      }
      Role role = route.permission().roles().iterator().next();
      assertThat(ask(as(role), route, false).body())
          .as(route.method() + " " + route.path())
          .contains("This form is out of date");
      for (Role other : Role.values()) {
        if (!route.permission().roles().contains(other)) {
          assertThat(ask(as(other), route, true).statusCode())
              .as(other + " " + route.path())
              .isEqualTo(403);
        }
      }
    }
  }

  @Test
  void anotherPersonsTokenIsNotMine() {
    TestDesk.Browser mine = as(Role.APPROVER);
    String csrf = mine.csrf;
    mine.csrf = as(Role.AUDITOR).csrf;
    assertThat(mine.post("/desk/sign-out").statusCode()).isEqualTo(403);
    mine.csrf = csrf;
  }

  @Test
  void noFormIsTakenFromAnotherSite() {
    for (Route route : desk.routes) {
      if (route.audience() != Route.Audience.STAFF || !route.method().equals(HttpMethod.POST)) {
        continue;
      }
      TestDesk.Browser browser =
          route.permission() == Permission.ANYONE
              ? desk.new Browser()
              : as(route.permission().roles().iterator().next());
      HttpResponse<String> answer =
          browser.send(
              browser
                  .form(path(route), "csrf", browser.csrf)
                  .header("Sec-Fetch-Site", "cross-site"));
      assertThat(answer.statusCode()).as(route.path()).isEqualTo(403);
      assertThat(answer.body()).contains("sent from another site");
    }
  }

  private TestDesk.Browser as(Role role) {
    return Objects.requireNonNull(browsers.get(role));
  }

  private List<Route> guarded() {
    List<Route> guarded = new ArrayList<>();
    for (Route route : desk.routes) {
      if (route.audience() == Route.Audience.STAFF && route.permission() != Permission.ANYONE) {
        guarded.add(route);
      }
    }
    return guarded;
  }

  private static HttpResponse<String> ask(TestDesk.Browser browser, Route route, boolean token) {
    if (route.method().equals(HttpMethod.POST)) {
      return token ? browser.post(path(route)) : browser.postOnly(path(route), "x", "y");
    }
    return browser.get(path(route));
  }

  private static String path(Route route) {
    return route.path().replaceAll(":[a-z_]+", "999");
  }
}
