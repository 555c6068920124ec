package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tocsin.hub.Overheard.Ear.EVERYBODY;
import static org.tocsin.hub.Overheard.Ear.TRUSTED;
import static org.tocsin.testing.Eventually.eventually;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tocsin.alerts.DemoAlerts;
import org.tocsin.calls.DemoCalls;
import org.tocsin.cases.DemoCases;
import org.tocsin.cases.DemoWords;
import org.tocsin.developments.DemoDevelopments;
import org.tocsin.filings.DemoFilings;
import org.tocsin.officials.DemoOfficials;
import org.tocsin.outreach.DemoOutreach;
import org.tocsin.testing.HubProcess;
import org.tocsin.testing.PublicWeb;
import org.tocsin.testing.RawMail;
import org.tocsin.testing.Receiver;
import org.tocsin.testing.TestPostgres;

/**
 * Rule I1: a whole demonstration hub lives through every flow, all that leaves it is collected, and
 * no private word is in it.
 */
class CanaryTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final int MEMBERS = 132;
  private static final int READERS = 400;

  /** Active volunteers who interpret or train, and do not travel. */
  private static final int CALLED = 10;

  private static final int WORDS = 2_048;

  /** The organisation's own, in the foot of every mail. */
  private static final String OWN_ADDRESS = "1 Academy Square, Exampleton XN 10001, Norvania";

  /** With what stands around it. */
  private static final Pattern COUNTRY =
      Pattern.compile("(?is).{0,30}(?:norvania|qasmar|terravela).{0,30}");

  private final Vertx vertx = Vertx.vertx();
  private final Overheard overheard = new Overheard();
  private final Receiver network = receiver();
  private final Receiver mirror = receiver();

  private Receiver receiver() {
    return Receiver.answering(vertx, request -> request.response().setStatusCode(204).end());
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void noPrivateWordLeavesTheHubWhateverIsDoneWithIt(@TempDir Path folder) throws IOException {
    try (HubProcess hub =
            new HubProcess(
                    TestPostgres.database(),
                    folder,
                    Map.of(
                        "TOCSIN_DEMO", "true",
                        "TOCSIN_ALERTS_LAST_LOOK_MINUTES", "0",
                        "TOCSIN_WEBHOOKS_ALLOW_PRIVATE", "true"))
                .start();
        PublicWeb web = new PublicWeb(hub.door())) {
      Set<String> cases = references(hub, "/api/v1/cases");
      register(hub, network, "network", "alert.issued", "alert.updated", "alert.stopped");
      register(hub, mirror, "public", "newsletter.published");
      newsletter(hub);
      Desk desk = new Desk(web, folder);
      String reference = alert(hub, desk);
      String call = call(desk);
      strangersKnock(hub, web);
      theNetworkHeard(reference);
      members(hub, web);

      mails(web, reference);
      callLetters(web, call);
      webhooks();
      site(web);
      staff(hub, web, desk);
      overheard.hear(
          TRUSTED,
          "export",
          hub.run("export", "subscribers", "--as", "membership.officer@staff.tocsin.example"));
      for (String path : List.of("/metrics", "/health/ready", "/health/live", "/nothing")) {
        var answer = hub.management(path);
        overheard.hear(EVERYBODY, "management " + path, answer.headers().map() + answer.body());
      }
      Set<String> chains = references(hub, "/api/v1/alerts");
      hub.stop();
      overheard.hear(EVERYBODY, "log", hub.output());

      assertThat(cases).hasSizeGreaterThan(30);
      assertThat(chains).hasSizeGreaterThan(10).contains(reference);
      assertThat(overheard.anywhere(canaries())).isEmpty();
      assertThat(overheard.anywhere(cases)).isEmpty();
      assertThat(overheard.whereEverybodyHears(chains)).isEmpty();
      assertThat(overheard.whereEverybodyHears(Set.of(call))).isEmpty();
    }
  }

  private static List<String> canaries() {
    List<String> words = IntStream.range(0, WORDS).mapToObj(DemoWords::word).toList();
    assertThat(words)
        .doesNotHaveDuplicates()
        .containsAll(DemoCases.canaries())
        .containsAll(DemoAlerts.canaries())
        .containsAll(DemoCalls.canaries())
        .containsAll(DemoOfficials.canaries())
        .containsAll(DemoOutreach.canaries());
    return Stream.of(words, DemoFilings.canaries(), DemoDevelopments.canaries())
        .flatMap(List::stream)
        .toList();
  }

  private static Set<String> references(HubProcess hub, String path) {
    Set<String> references = new HashSet<>();
    for (String role : List.of("case_officer", "approver")) {
      hub.get(path + "?limit=500", role).getJsonArray("items").stream()
          .map(one -> ((JsonObject) one).getString("reference"))
          .forEach(references::add);
    }
    return references;
  }

  private static void register(HubProcess hub, Receiver at, String scope, String... types) {
    JsonObject draft =
        new JsonObject()
            .put("url", at.url())
            .put("scope", scope)
            .put("types", new JsonArray(List.of(types)))
            .put("description", "Listens")
            .put("contact_email", "listener@academy.example");
    JsonObject made = hub.post("/api/v1/endpoints", "integration_admin", draft);
    if (scope.equals("network")) {
      String confirm = "/api/v1/endpoints/" + made.getString("id") + "/confirm";
      made = hub.post(confirm, "approver", new JsonObject());
    }
    assertThat(made.getString("state")).isEqualTo("ACTIVE");
  }

  private static void newsletter(HubProcess hub) {
    JsonObject draft =
        new JsonObject()
            .put("month", "2026-11")
            .put("subject", "News of November")
            .put("body_markdown", "# Hello\n\nThe **news**.")
            .put("topics", new JsonArray().add("newsletter"));
    String path =
        "/api/v1/newsletters/"
            + hub.post("/api/v1/newsletters", "newsletter_editor", draft).getString("id");
    hub.post(path + "/submit", "newsletter_editor", new JsonObject());
    hub.post(path + "/approve", "approver", new JsonObject());
    hub.post(path + "/release", "release_officer", new JsonObject());
  }

  /** Approved, held and let go on, released, updated, its consent revoked, and stopped. */
  private String alert(HubProcess hub, Desk desk) {
    AlertStory story = new AlertStory(hub);
    JsonObject alert = story.approved(AlertStory.draft(fresh(1_960)));
    String id = alert.getString("id");
    story.holdAndResume(id);
    story.release(id, 0);
    everyMemberGot(desk.web, 1, alert.getString("reference"));
    heard("alert.issued");
    story.update(id, AlertStory.draft(fresh(1_980)));
    everyMemberGot(desk.web, 2, alert.getString("reference"));
    heard("alert.updated");
    desk.revokeAConsent("case_officer", "/desk/cases/" + alert.getString("case"));
    eventually(
        "the end of the consent holds the chain",
        SOON,
        () -> hub.get("/api/v1/alerts/" + id, "approver").getString("state").equals("held"));
    story.stop(id);
    heard("alert.stopped");
    return alert.getString("reference");
  }

  /** Written at the desk, approved by another, released, answered by nobody yet, and closed. */
  private static String call(Desk desk) {
    String page =
        desk.post(
            "case_officer",
            "/desk/calls/new",
            "/desk/calls",
            "title=An+evaluation+in+"
                + DemoWords.word(1_940)
                + "&body=Near+"
                + DemoWords.word(1_941)
                + "&areas=interpreting&areas=training&needed=2&answer_by=2027-01-31T12:00");
    desk.post("case_officer", page, page + "/submit", "");
    desk.post("approver", page, page + "/approve", "");
    desk.post("release_officer", page + "/release", page + "/release", "");
    Matcher reference =
        Pattern.compile("<h1[^>]*>([2-9A-Z]{4}-[2-9A-Z]{4})</h1>")
            .matcher(desk.get(desk.cookie("case_officer"), page).body());
    assertThat(reference.find()).isTrue();
    return reference.group(1);
  }

  /** Each volunteer of its areas, with the very words that an alert has. */
  private static void callLetters(PublicWeb web, String reference) {
    eventually(
        "the volunteers are written to",
        SOON,
        () -> about(mailbox(web), reference).size() == CALLED);
    for (JsonObject mail : about(mailbox(web), reference)) {
      assertThat(mail.getString("to")).matches("volunteer\\.\\d+@clinic\\.example");
      String raw =
          RawMail.laidOpen(web.get("/dev/mailbox/" + mail.getString("id") + "/raw").body());
      assertThat(raw.replaceAll("volunteer\\.\\d+@", ""))
          .contains("There is a message for you", "/verify")
          .doesNotContainIgnoringCase("volunteer")
          .doesNotContainIgnoringCase("evaluation")
          .doesNotContainIgnoringCase("interpret")
          .doesNotContainIgnoringCase("training");
    }
  }

  /** Or a message that follows would keep what is unsent of the one before. */
  private static void everyMemberGot(PublicWeb web, int letters, String reference) {
    eventually(
        "letter " + letters + " is with all members",
        SOON,
        () -> about(mailbox(web), reference).size() == letters * MEMBERS);
  }

  private void heard(String type) {
    eventually(
        type + " is heard",
        SOON,
        () -> network.heard.stream().anyMatch(one -> one.body().contains(type)));
  }

  private static List<String> fresh(int from) {
    return IntStream.range(from, from + 20).mapToObj(DemoWords::word).toList();
  }

  /** Nothing but an id, a type, a place behind a sign-in and what it follows; in order. */
  private void theNetworkHeard(String reference) {
    List<JsonObject> told =
        network.heard.stream()
            .filter(one -> one.body().contains("\"alert."))
            .map(one -> new JsonObject(one.body()))
            .filter(one -> one.getJsonObject("data").getString("id").startsWith(reference))
            .toList();
    assertThat(told.stream().map(one -> one.getString("type")))
        .containsExactly("alert.issued", "alert.updated", "alert.stopped");
    for (JsonObject one : told) {
      JsonObject data = one.getJsonObject("data");
      assertThat(one.fieldNames()).containsExactlyInAnyOrder("type", "timestamp", "data");
      assertThat(data.fieldNames()).containsExactlyInAnyOrder("id", "type", "url", "references");
      assertThat(data.getString("url")).endsWith("/portal/alerts/" + reference);
      assertThat(data.getJsonArray("references"))
          .allMatch(earlier -> String.valueOf(earlier).matches(reference + "-[01]"));
    }
  }

  /** What is asked for without a right to it, by people and by programs. */
  private void strangersKnock(HubProcess hub, PublicWeb web) {
    String secret = hub.get("/api/v1/cases?limit=1", "case_officer").getJsonArray("items").encode();
    String id = new JsonArray(secret).getJsonObject(0).getString("id");
    for (String path :
        List.of(
            "/desk/cases/" + id,
            "/desk/alerts",
            "/desk/calls",
            "/desk/audit",
            "/desk/nothing",
            "/portal",
            "/portal/alerts/K7Q2-M9XD",
            "/portal/calls/K7Q2-M9XD",
            "/newsletters/2031-01",
            "/newsletters/none",
            "/newsletters/2026-12",
            "/u/none",
            "/confirm/none",
            "/preferences/none",
            "/search?q=" + DemoWords.word(3),
            "/search?q=%00",
            "/search?q=" + "x".repeat(5_000),
            "/%2e%2e/etc/passwd",
            "/verify",
            "/robots.txt",
            "/api/v1/openapi.yaml",
            "/api/v1/cases",
            "/api/v1/alerts/" + id,
            "/api/v1/nothing")) {
      PublicWeb.Seen seen = web.get(path);
      // What somebody typed is theirs to see again; the log must not keep it.
      String own = path.contains("q=" + DemoWords.word(3)) ? DemoWords.word(3) : "\0";
      overheard.hear(EVERYBODY, "stranger " + path, seen.all().replace(own, ""));
    }
    post(web, "/subscribe", "application/x-www-form-urlencoded", "email=nobody", "");
    post(web, "/verify", "application/x-www-form-urlencoded", "code=ABCD-EFGH", "");
    post(web, "/verify", "application/x-www-form-urlencoded", "code=%00", "");
    post(web, "/correspondents/apply", "application/x-www-form-urlencoded", "name=A", "");
    post(web, "/desk/cases", "application/x-www-form-urlencoded", "name=A", "");
    post(web, "/portal/sign-in", "application/x-www-form-urlencoded", "email=@", "");
    String clerk = hub.token("case_officer");
    String wrong = new JsonObject().put("name", DemoWords.word(1_970)).encode();
    for (String token : List.of("", "none", hub.token("auditor"), clerk)) {
      post(web, "/api/v1/cases", "application/json", "{\"name\": \"" + DemoWords.word(7), token);
      post(web, "/api/v1/cases", "application/json", wrong, token);
      post(web, "/api/v1/cases", "text/plain", wrong, token);
      post(web, "/api/v1/cases/" + id + "/alerts", "application/json", wrong, token);
      post(web, "/api/v1/alerts/none/approve", "application/json", "{}", token);
    }
    for (Object one : hub.get("/api/v1/alerts?limit=500", "approver").getJsonArray("items")) {
      String path = "/api/v1/alerts/" + ((JsonObject) one).getString("id");
      post(web, path + "/approve", "application/json", "{}", hub.token("auditor"));
      post(web, path + "/close", "application/json", "{}", hub.token("auditor"));
    }
  }

  private void post(PublicWeb web, String path, String type, String body, String token) {
    var request = web.request(path).header("Content-Type", type);
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    PublicWeb.Seen seen = web.send(request.POST(BodyPublishers.ofString(body)));
    assertThat(seen.status()).as(path).isLessThan(500);
    overheard.hear(token.isEmpty() ? EVERYBODY : TRUSTED, "POST " + path, seen.all());
  }

  /** A sign-up, and a member who asks for a way in. */
  private void members(HubProcess hub, PublicWeb web) {
    post(
        web,
        "/api/v1/subscriptions",
        "application/json",
        new JsonObject()
            .put("email", "new@reader.example")
            .put("topics", new JsonArray().add("newsletter"))
            .encode(),
        "");
    post(
        web,
        "/portal/sign-in",
        "application/x-www-form-urlencoded",
        "email=contact%40academy-1.example",
        "");
    eventually(
        "both letters arrive",
        SOON,
        () ->
            !hub.door().mailsTo("new@reader.example").isEmpty()
                && hub.door().mailsTo("contact@academy-1.example").size() >= 4);
  }

  private static List<JsonObject> mailbox(PublicWeb web) {
    List<JsonObject> mails = new ArrayList<>();
    String before = "";
    do {
      JsonObject page = new JsonObject(web.get("/dev/mailbox/messages?limit=500" + before).body());
      page.getJsonArray("items").forEach(mail -> mails.add((JsonObject) mail));
      before = page.getString("next") == null ? "" : "&before=" + page.getString("next");
    } while (!before.isEmpty());
    return mails;
  }

  private void mails(PublicWeb web, String reference) {
    everyMemberGot(web, 3, reference);
    eventually(
        "every reader is written to",
        SOON,
        () -> {
          List<JsonObject> sent = mailbox(web);
          return sent.stream().filter(CanaryTest::isToAReader).count() >= READERS + 1;
        });
    List<JsonObject> mails = mailbox(web);
    assertThat(about(mails, reference).stream().map(mail -> mail.getString("to")).distinct())
        .hasSize(MEMBERS);
    assertThat(about(mails, reference).stream().map(mail -> mail.getString("subject")).distinct())
        .hasSize(1);
    for (JsonObject mail : mails) {
      String channel = "mail to " + mail.getString("to");
      Overheard.Ear ear = isToAReader(mail) ? EVERYBODY : TRUSTED;
      overheard.hear(ear, channel, mail.encode());
      overheard.hear(ear, channel, mail.getString("text") + mail.getString("html"));
      String raw = web.get("/dev/mailbox/" + mail.getString("id") + "/raw").body();
      overheard.hear(ear, channel + " on the wire", RawMail.laidOpen(raw));
      String head = mail.getJsonObject("headers").encode() + mail.getString("subject");
      assertThat(head).as(channel).doesNotContainPattern(reference);
      saysNoCountry(channel, head);
      if (ear == TRUSTED) {
        String body = mail.getString("text") + " " + mail.getString("html");
        saysNoCountry(channel, body.replaceAll("(?:\\s|<br>)+", " ").replace(OWN_ADDRESS, ""));
      }
    }
  }

  private static List<JsonObject> about(List<JsonObject> mails, String reference) {
    return mails.stream().filter(mail -> mail.getString("text").contains(reference)).toList();
  }

  private static boolean isToAReader(JsonObject mail) {
    return mail.getString("to").matches("reader\\..*|new@reader\\.example");
  }

  private static void saysNoCountry(String channel, String text) {
    assertThat(COUNTRY.matcher(text).results().map(MatchResult::group)).as(channel).isEmpty();
  }

  private void webhooks() {
    for (Receiver.Heard one : network.heard) {
      overheard.hear(TRUSTED, "network webhook", one.toString());
      saysNoCountry("network webhook", one.toString());
    }
    assertThat(mirror.heard).anyMatch(one -> one.body().contains("newsletter.published"));
    mirror.heard.forEach(one -> overheard.hear(EVERYBODY, "public webhook", one.toString()));
  }

  private void site(PublicWeb web) {
    List<String> doors =
        List.of(
            "/",
            "/newsletters/2026-11",
            "/feeds/newsletters.atom",
            "/feeds/newsletters.json",
            "/search?q=news",
            "/subscribe",
            "/verify",
            "/preferences",
            "/portal/sign-in",
            "/desk/sign-in",
            "/correspondents/apply");
    Map<String, PublicWeb.Seen> pages = web.crawl(doors);
    assertThat(pages).hasSizeGreaterThan(15);
    assertThat(web.get("/newsletters/2026-11").body()).contains("News of November");
    pages.forEach((path, page) -> overheard.hear(EVERYBODY, "GET " + path, page.all()));
    for (String path : doors) {
      PublicWeb.Seen packed = web.send(web.request(path).header("Accept-Encoding", "gzip").GET());
      overheard.hear(EVERYBODY, "GET " + path + " packed", packed.all());
    }
  }

  /** Those who may not read cases, with all they may. */
  private void staff(HubProcess hub, PublicWeb web, Desk desk) {
    for (String scope : List.of("public", "network")) {
      String path = "/api/v1/events?limit=500&scope=" + scope;
      eventually(
          "the events of " + scope + " are listed",
          () -> !hub.get(path, "integration_admin").getJsonArray("items").isEmpty());
      overheard.hear(
          scope.equals("public") ? EVERYBODY : TRUSTED,
          "events of " + scope,
          api(web, hub.token("integration_admin"), path));
    }
    String auditor = hub.token("auditor");
    String list = "/api/v1/broadcasts?limit=500";
    overheard.hear(TRUSTED, "broadcasts", api(web, auditor, list));
    for (Object one : hub.get(list, "auditor").getJsonArray("items")) {
      String path =
          "/api/v1/broadcasts/" + ((JsonObject) one).getString("id") + "/deliveries?limit=500";
      overheard.hear(TRUSTED, "deliveries", api(web, auditor, path));
    }
    for (String role :
        List.of("auditor", "security_admin", "newsletter_editor", "membership_officer")) {
      for (String path : List.of("/api/v1/cases", "/api/v1/alerts")) {
        overheard.hear(TRUSTED, role + " " + path, api(web, hub.token(role), path));
      }
      desk.all(role).entrySet().stream()
          .filter(page -> !mayReadCalls(role, page.getKey()))
          .forEach(page -> overheard.hear(TRUSTED, role + " " + page.getKey(), page.getValue()));
    }
    assertThat(overheard.all.stream().filter(said -> said.channel().endsWith("/desk/audit")))
        .hasSizeGreaterThan(1)
        .anyMatch(said -> said.text().contains("alert"));
  }

  /** Whoever keeps the list of volunteers works at calls too; their words are no leak there. */
  private static boolean mayReadCalls(String role, String path) {
    return role.equals("membership_officer") && path.startsWith("/desk/calls");
  }

  private static String api(PublicWeb web, String token, String path) {
    return web.send(web.request(path).header("Authorization", "Bearer " + token).GET()).all();
  }

  /** Staff before the desk, each in a browser of their own. */
  private static final class Desk {
    private static final Pattern HIDDEN =
        Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern LINK = Pattern.compile("href=\"(/desk/[^\"#]+)\"");
    private static final int MOST = 150;

    private final PublicWeb web;
    private final JsonObject access;
    private final Map<String, String> cookies = new HashMap<>();

    Desk(PublicWeb web, Path folder) throws IOException {
      this.web = web;
      this.access = new JsonObject(Files.readString(folder.resolve("demo-access.json")));
    }

    /** A link to sign in works once. */
    private String cookie(String role) {
      return cookies.computeIfAbsent(role, this::signIn);
    }

    private String signIn(String role) {
      PublicWeb.Seen entered =
          web.send(
              web.request(access.getJsonObject(role).getString("sign_in_url"))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.noBody()));
      assertThat(entered.status()).as(role).isEqualTo(303);
      String cookie = entered.header("set-cookie");
      return cookie.substring(0, cookie.indexOf(';'));
    }

    private PublicWeb.Seen get(String cookie, String path) {
      return web.send(web.request(path).header("Cookie", cookie).GET());
    }

    /** A form with what it hides; answers with where it leads. */
    String post(String role, String page, String path, String fields) {
      String cookie = cookie(role);
      StringBuilder form = new StringBuilder(fields);
      Matcher field = HIDDEN.matcher(get(cookie, page).body());
      Set<String> once = new HashSet<>();
      while (field.find()) {
        if (once.add(field.group(1))) {
          form.append('&').append(field.group(1)).append('=').append(field.group(2));
        }
      }
      PublicWeb.Seen done =
          web.send(
              web.request(path)
                  .header("Cookie", cookie)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString(form.toString())));
      assertThat(done.status()).as(done.body()).isEqualTo(303);
      return done.header("location");
    }

    void revokeAConsent(String role, String page) {
      String cookie = cookie(role);
      List<String> asked =
          Pattern.compile("href=\"([^\"]+/revoke\\?consent=\\d+)\"")
              .matcher(get(cookie, page).body())
              .results()
              .map(link -> link.group(1))
              .toList();
      assertThat(asked).isNotEmpty();
      for (String ask : asked) {
        StringBuilder form = new StringBuilder("reason=The+family+asked");
        Matcher field = HIDDEN.matcher(get(cookie, ask).body());
        while (field.find()) {
          form.append('&').append(field.group(1)).append('=').append(field.group(2));
        }
        PublicWeb.Seen done =
            web.send(
                web.request(page + "/revoke")
                    .header("Cookie", cookie)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form.toString())));
        assertThat(done.status()).as(done.body()).isEqualTo(303);
      }
    }

    /** All pages that lead from the desk's front page to one another. */
    Map<String, String> all(String role) {
      String cookie = cookie(role);
      Map<String, String> pages = new LinkedHashMap<>();
      List<String> waiting =
          new ArrayList<>(
              List.of(
                  "/desk",
                  "/desk/audit",
                  "/desk/broadcasts",
                  "/desk/cases",
                  "/desk/alerts",
                  "/desk/calls"));
      while (!waiting.isEmpty() && pages.size() < MOST) {
        String path = waiting.removeFirst();
        if (!pages.containsKey(path)) {
          PublicWeb.Seen page = get(cookie, path);
          pages.put(path, page.all());
          LINK.matcher(page.body())
              .results()
              .forEach(link -> waiting.add(link.group(1).replace("&amp;", "&")));
        }
      }
      return pages;
    }
  }
}
