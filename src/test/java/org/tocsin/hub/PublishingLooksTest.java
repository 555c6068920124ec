package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.publications.Draft;
import org.tocsin.publications.NewsletterId;
import org.tocsin.publications.Newsletters;
import org.tocsin.testing.Chromium;
import org.tocsin.testing.Looks;

/** The archive, and the desk's newsletters, sends and webhooks, in a real browser. */
class PublishingLooksTest {
  private static final String LONG =
      "Seventeen physicians, two engineers and a historian: what a year of letters changed";
  private static final String BODY =
      """
      ## A hearing

      The **court** met. [Read more](https://academy.example/hearing)

      - one
      - two
      """;

  private final Chromium chromium = Chromium.open();
  private final TestDesk desk = new TestDesk(Map.of("TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true"));
  private final Newsletters newsletters = desk.features.newsletters;
  private final StaffMember writer =
      desk.staff(
          "writer@tocsin.example",
          "Dalia Petrović",
          Role.NEWSLETTER_EDITOR,
          Role.RELEASE_OFFICER,
          Role.INTEGRATION_ADMIN);
  private final StaffMember approver =
      desk.staff("approver@tocsin.example", "Oleksandr Wójcik", Role.APPROVER);

  @AfterEach
  void close() {
    desk.close();
    chromium.close();
  }

  @Test
  void everyPageIsAccessibleAndFitsTheWindow() {
    Map<String, String> issues = issues();
    assertThat(Looks.walk(chromium, "publishing", () -> walk(issues))).isEmpty();
  }

  /** The address on the desk of an issue in each state. */
  private Map<String, String> issues() {
    NewsletterId review = write("2026-04", LONG);
    newsletters.submit(review, writer.id());
    NewsletterId withdrawn = released("2026-01", "An error");
    newsletters.withdraw(withdrawn, writer.id());
    return Map.of(
        "draft",
        page(write("2026-05", "A quiet month")),
        "review",
        page(review),
        "approved",
        page(approved("2026-03", "Two hearings")),
        "released",
        page(released("2026-02", LONG)),
        "withdrawn",
        page(withdrawn));
  }

  private NewsletterId write(String month, String subject) {
    Draft draft = new Draft(month, subject, "In short", BODY, List.of("newsletter", "torture"));
    return newsletters.create(draft, writer.id(), desk.features.languages.in("en")).id();
  }

  private NewsletterId approved(String month, String subject) {
    NewsletterId id = write(month, subject);
    newsletters.submit(id, writer.id());
    StaffId second = approver.id();
    newsletters.approve(id, second, Optional.empty());
    return id;
  }

  private NewsletterId released(String month, String subject) {
    NewsletterId id = approved(month, subject);
    newsletters.release(id, writer.id(), Optional.empty());
    return id;
  }

  private String page(NewsletterId id) {
    return "/desk/newsletters/" + desk.hub.keyring.ids().encode("newsletter", id.value());
  }

  private Map<String, Consumer<Page>> walk(Map<String, String> issues) {
    Map<String, Consumer<Page>> walk = new LinkedHashMap<>();
    site(walk);
    walk.put("inbox", page -> signIn(page, writer));
    walk.put("newsletters", at("/desk/newsletters"));
    walk.put("new", at("/desk/newsletters/new"));
    walk.put("new-wrong", page -> page.click(".title button"));
    walk.put("edit", at(issues.get("draft") + "/edit"));
    issues.forEach((state, path) -> walk.put("issue-" + state, at(path)));
    walk.put("release", at(issues.get("approved") + "/release"));
    walk.put("withdraw", at(issues.get("released") + "/withdraw"));
    walk.put("sends", at("/desk/broadcasts"));
    walk.put("board", page -> page.click("tbody tr:last-child a"));
    walk.put("deliveries", page -> page.navigate(page.url() + "/deliveries"));
    webhooks(walk);
    walk.put(
        "decision",
        page -> {
          page.context().clearCookies();
          signIn(page, approver);
          page.navigate(desk.url(Objects.requireNonNull(issues.get("review"))));
        });
    return walk;
  }

  private void site(Map<String, Consumer<Page>> walk) {
    walk.put("home", at("/"));
    walk.put("archive", at("/newsletters"));
    walk.put("archived", at("/newsletters/2026-02"));
    walk.put("tombstone", at("/newsletters/2026-01"));
    walk.put("missing", at("/newsletters/1999-01"));
    walk.put("search", at("/search?q=court"));
    walk.put("search-nothing", at("/search?q=zebra"));
  }

  private void webhooks(Map<String, Consumer<Page>> walk) {
    walk.put("webhooks", at("/desk/endpoints"));
    walk.put("webhook-new", at("/desk/endpoints/new"));
    walk.put("webhook-wrong", page -> page.click("main form button"));
    walk.put(
        "webhook-secret",
        page -> {
          page.fill("#url", "http://localhost:9/hook");
          page.fill("#description", "A mirror of the archive");
          page.fill("#contact_email", "web@academy.example");
          page.check("input[value='newsletter.published']");
          page.click("main form button");
        });
    walk.put(
        "webhook",
        page -> {
          page.navigate(desk.url("/desk/endpoints"));
          page.click("tbody a >> nth=0");
        });
  }

  private Consumer<Page> at(String path) {
    return page -> page.navigate(desk.url(path));
  }

  private void signIn(Page page, StaffMember staff) {
    page.navigate(desk.url("/desk/sign-in/" + desk.features.signInLinks.print("system", staff)));
    page.click("main form button");
  }
}
