package org.tocsin.hub;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tocsin.access.Role;
import org.tocsin.access.Session;
import org.tocsin.access.SignIn;
import org.tocsin.access.StaffMember;
import org.tocsin.mailbox.CapturedMailbox;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.testing.TestHub;
import org.tocsin.web.Cookies;
import org.tocsin.web.Failures;
import org.tocsin.web.Identity;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.SiteRouter;
import org.tocsin.web.UnnamedProxies;

/** The pages as they are wired, on a port of their own, over a test's database and clock. */
final class TestDesk implements AutoCloseable {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  final TestHub hub = new TestHub();
  final Settings settings;
  final Features features;
  final List<Route> routes;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final HttpServer server;
  private final Map<StaffMember, String> tokens = new java.util.HashMap<>();
  private Optional<HttpServer> api = Optional.empty();

  TestDesk() {
    this(Map.of());
  }

  TestDesk(Map<String, String> environment) {
    this(environment, Optional.empty());
  }

  TestDesk(Map<String, String> environment, Optional<CapturedMailbox> mailbox) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("TOCSIN_DEMO", "true"));
    all.putAll(environment);
    this.settings = SettingsLoader.defaults(all);
    this.features = new Features(settings, hub.vertx, hub.keyring, hub.hub, hub.site, hub.clock);
    Pages pages = new Pages(settings, features.languages, hub.clock, features::holdNotice);
    Cookies cookies = new Cookies(settings.http().secure());
    this.routes = new Routes(features, pages, cookies, mailbox).all();
    this.server =
        open(
            new SiteRouter(
                    settings,
                    identity(),
                    cookies,
                    pages,
                    new Failures(pages),
                    new UnnamedProxies(hub.folder, hub.clock))
                .build(hub.vertx, routes, Optional.empty()));
  }

  private HttpServer open(Handler<HttpServerRequest> handler) {
    HttpServer opened = hub.vertx.createHttpServer().requestHandler(handler);
    hub.vertx
        .deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                return opened.listen(0, "127.0.0.1");
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
        .await();
    return opened;
  }

  private Identity identity() {
    return new Identity() {
      @Override
      public Optional<Session> session(String secret) {
        return features.signIn.resume(secret);
      }

      @Override
      public Optional<StaffMember> bearer(String token) {
        return features.apiTokens.who(token);
      }

      @Override
      public boolean expired(String token) {
        return features.apiTokens.expired(token);
      }
    };
  }

  /** What the API answers somebody's own token; it is opened for the first who asks. */
  HttpResponse<String> api(StaffMember who, String path) {
    if (api.isEmpty()) {
      WebWiring wiring = new WebWiring(features, hub.vertx, Optional.empty());
      api = Optional.of(open(wiring.router(hub.vertx)));
    }
    String token = tokens.computeIfAbsent(who, one -> token(one));
    return new Browser()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + api.get().actualPort() + "/api/v1" + path))
                .header("Authorization", "Bearer " + token));
  }

  private String token(StaffMember who) {
    return features.apiTokens.create("system", who, "test", who.roles());
  }

  String url(String path) {
    return "http://localhost:" + server.actualPort() + path;
  }

  StaffMember staff(String email, String name, Role... roles) {
    return features.staff.add("system", email, name, Set.of(roles));
  }

  /** A browser of somebody who signed in by a link just now. */
  Browser signedIn(StaffMember staff) {
    SignIn.Opened opened =
        features.signIn.byLink(features.signInLinks.print("system", staff), "").orElseThrow();
    Browser browser = new Browser();
    browser.cookie = Optional.of("tocsin=" + opened.secret());
    browser.csrf = opened.session().csrf();
    return browser;
  }

  /** Keeps cookies, follows no redirects. */
  final class Browser {
    Optional<String> cookie = Optional.empty();
    String csrf = "";

    /** Where it stands, as a proxy says that the desk was told to trust. */
    Optional<String> network = Optional.empty();

    HttpResponse<String> get(String path) {
      return send(request(path).GET());
    }

    /** With this session's CSRF token. */
    HttpResponse<String> post(String path, String... fields) {
      List<String> all = new ArrayList<>(List.of("csrf", csrf));
      all.addAll(List.of(fields));
      return postOnly(path, all.toArray(String[]::new));
    }

    /** With these fields and no others. */
    HttpResponse<String> postOnly(String path, String... fields) {
      return send(form(path, fields));
    }

    HttpRequest.Builder form(String path, String... fields) {
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < fields.length; i += 2) {
        body.append(i == 0 ? "" : "&")
            .append(encoded(fields[i]))
            .append('=')
            .append(encoded(fields[i + 1]));
      }
      return request(path)
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    }

    HttpRequest.Builder request(String path) {
      HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
      cookie.ifPresent(value -> request.header("Cookie", value));
      network.ifPresent(value -> request.header("X-Forwarded-For", value));
      return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
      try {
        HttpResponse<String> answer =
            client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answer.headers().allValues("Set-Cookie").forEach(this::keep);
        Matcher token = CSRF.matcher(answer.body());
        if (token.find()) {
          csrf = token.group(1);
        }
        return answer;
      } catch (IOException failure) {
        throw new java.io.UncheckedIOException(failure);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(interrupted);
      }
    }

    /** As a browser does: by name, and gone where its time is over. */
    private void keep(String set) {
      String pair = set.substring(0, set.indexOf(';'));
      String name = pair.substring(0, pair.indexOf('='));
      Map<String, String> jar = new java.util.LinkedHashMap<>();
      cookie.ifPresent(
          all -> List.of(all.split("; ")).forEach(one -> jar.put(one.split("=", 2)[0], one)));
      if (set.contains("Max-Age=0;") || set.endsWith("Max-Age=0")) {
        jar.remove(name);
      } else {
        jar.put(name, pair);
      }
      cookie = jar.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", jar.values()));
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    server.close().await();
    api.ifPresent(opened -> opened.close().await());
    hub.close();
  }
}
