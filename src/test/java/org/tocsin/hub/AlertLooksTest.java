package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.AlertState;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The desk's alerts in a real browser, in every state. */
class AlertLooksTest {
  private final Chromium chromium = Chromium.open();
  private final AlertDesk alerts = new AlertDesk();

  @AfterEach
  void close() {
    alerts.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    assertThat(Looks.walk(chromium, "alerts", this::walk)).isEmpty();
  }

  private Map<String, Consumer<Page>> walk() {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    walk.put("signed-in", page -> signIn(page, alerts.officer));
    walk.put("list", at("/desk/alerts"));
    for (AlertState state : AlertState.values()) {
      walk.put(state.name().toLowerCase(java.util.Locale.ROOT), at(alerts.path(alerts.in(state))));
    }
    walk.put("the-stop", at(alerts.path(alerts.stop())));
    walk.put("webhook", at(alerts.path(alerts.in(AlertState.ACTIVE)) + "?as=webhook"));
    walk.put("public", at(alerts.path(alerts.in(AlertState.ACTIVE)) + "?as=public"));
    walk.put("case", at(alerts.casePath()));
    walk.put("new", at(alerts.casePath() + "/alerts/new"));
    walk.put("new-wrong", page -> page.click("main form[novalidate] > .actions button"));
    walk.put("edit", at(alerts.path(alerts.in(AlertState.APPROVED)) + "/edit"));
    walk.put("practice", at("/desk/alerts/practice"));
    walk.put("stop", at(alerts.path(alerts.in(AlertState.ACTIVE)) + "/stop"));
    walk.put("close", at(alerts.path(alerts.in(AlertState.ACTIVE)) + "/close"));
    walk.put("decide", as(alerts.approver, alerts.path(alerts.in(AlertState.IN_REVIEW))));
    walk.put(
        "release", as(alerts.releaser, alerts.path(alerts.in(AlertState.APPROVED)) + "/release"));
    walk.put(
        "stop-unread", as(alerts.auditor, alerts.path(alerts.in(AlertState.STOPPED)) + "/stop"));
    return walk;
  }

  private Consumer<Page> at(String path) {
    return page -> page.navigate(alerts.desk.url(path));
  }

  private Consumer<Page> as(StaffMember staff, String path) {
    return page -> {
      page.context().clearCookies();
      signIn(page, staff);
      page.navigate(alerts.desk.url(path));
    };
  }

  private void signIn(Page page, StaffMember staff) {
    String link = alerts.desk.features.signInLinks.print("system", staff);
    page.navigate(alerts.desk.url("/desk/sign-in/" + link));
    page.click("main form button");
  }
}
