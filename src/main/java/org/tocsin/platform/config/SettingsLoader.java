package org.tocsin.platform.config;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.platform.config.Settings.Alerts;
import org.tocsin.platform.config.Settings.Http;
import org.tocsin.platform.config.Settings.LogFormat;
import org.tocsin.platform.config.Settings.Login;
import org.tocsin.platform.config.Settings.Mail;
import org.tocsin.platform.config.Settings.Management;
import org.tocsin.platform.config.Settings.Organisation;
import org.tocsin.platform.config.Settings.Postgres;
import org.tocsin.platform.config.Settings.Smtp;
import org.tocsin.platform.config.Settings.Tls;
import org.tocsin.platform.config.Settings.Webhooks;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Turns a YAML file and the environment into {@link Settings}, or lists all that is wrong with
 * them.
 */
public final class SettingsLoader {
  /** Domains that can never belong to anybody (RFC 2606, RFC 6761). */
  public static final List<String> RESERVED_DOMAINS =
      List.of("example", "test", "invalid", "localhost");

  /** The three lists of the sign-up form, then the focus areas. */
  private static final List<String> TOPICS =
      List.of(
          "newsletter",
          "events",
          "updates",
          "covid-19",
          "asylum",
          "attacks-on-health-care",
          "weapons",
          "mass-atrocities",
          "sexual-violence",
          "torture",
          "when-doctors-harm");

  /** What health professionals do for people who seek asylum, and for one another. */
  private static final List<String> AREAS =
      List.of(
          "physical-evaluation",
          "psychological-evaluation",
          "gynaecological-evaluation",
          "paediatric-evaluation",
          "remote-evaluation",
          "medico-legal-affidavit",
          "interpreting",
          "training");

  /** As many as a link has room for. */
  private static final int MOST_TOPICS = 20;

  private static final int MOST_AREAS = 40;

  private static final int MINUTES_A_DAY = 1_440;

  private SettingsLoader() {}

  /** For a hub, which must know a relay. */
  public static Settings fromFile(Path file, Map<String, String> environment) {
    return fromFile(file, environment, true);
  }

  /**
   * @param sendsMail whether a relay must be named; most commands send nothing
   */
  public static Settings fromFile(Path file, Map<String, String> environment, boolean sendsMail) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(parse(file.toString(), in), environment, sendsMail);
    } catch (IOException unreadable) {
      throw new InvalidSettings(List.of("cannot read the settings file " + file + why(unreadable)));
    }
  }

  public static Settings fromResource(String name, Map<String, String> environment) {
    try (InputStream in = SettingsLoader.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no built-in settings " + name);
      }
      return read(parse(name, in), environment, true);
    } catch (IOException unreadable) {
      throw new InvalidSettings(List.of("cannot read the built-in settings " + name));
    }
  }

  public static Settings defaults(Map<String, String> environment) {
    return defaults(environment, true);
  }

  public static Settings defaults(Map<String, String> environment, boolean sendsMail) {
    return read(Map.of(), environment, sendsMail);
  }

  private static Map<?, ?> parse(String name, InputStream in) throws IOException {
    try {
      Object tree =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return switch (tree) {
        case null -> Map.of();
        case Map<?, ?> keys -> keys;
        default -> throw new InvalidSettings(List.of(name + " must hold keys and their values"));
      };
    } catch (MarkedYAMLException malformed) {
      throw new InvalidSettings(List.of(name + where(malformed) + ": " + malformed.getProblem()));
    } catch (YAMLException malformed) {
      throw new InvalidSettings(List.of(name + " is not YAML: " + firstLine(malformed)));
    }
  }

  private static String where(MarkedYAMLException malformed) {
    Mark mark = malformed.getProblemMark();
    return mark == null
        ? ""
        : " line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  private static String firstLine(RuntimeException malformed) {
    return String.valueOf(malformed.getMessage()).lines().findFirst().orElse("");
  }

  private static String why(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException _ -> ": there is no such file";
      case AccessDeniedException _ -> ": permission denied";
      default -> ": " + unreadable.getMessage();
    };
  }

  private static Settings read(Map<?, ?> file, Map<String, String> environment, boolean sendsMail) {
    SettingsReader read = new SettingsReader(file, environment);
    boolean demo = read.flag("demo", false);
    Http http = http(read);
    Mail mail = mail(read, demo);
    Smtp smtp = smtp(read, mail.from(), sendsMail && !demo);
    Settings settings =
        new Settings(
            http,
            new Management(
                read.string("management.host", "127.0.0.1"), read.port("management.port", 8081)),
            ClusterKeys.read(read),
            read.path("data_dir", "./data"),
            postgres(read),
            smtp,
            mail,
            webhooks(read, demo),
            EngineKeys.read(read, smtp.connections()),
            new Alerts(
                Duration.ofMinutes(read.number("alerts.last_look_minutes", 10, 0, MINUTES_A_DAY)),
                read.number("alerts.daily_hour", 7, 0, 23)),
            organisation(read),
            words(read, "topics", TOPICS, MOST_TOPICS),
            words(read, "volunteers.areas", AREAS, MOST_AREAS),
            read.choice("log.format", LogFormat.class, demo ? LogFormat.TEXT : LogFormat.JSON),
            demo);
    read.check();
    return settings;
  }

  private static Http http(SettingsReader read) {
    int port = read.port("http.port", 8080);
    return new Http(
        read.string("http.host", "0.0.0.0"),
        port,
        read.url("http.public_url", "http://localhost:" + port, "http", "https"),
        read.number("http.instances", 2, 1, 64),
        ProxyKeys.read(read));
  }

  private static Postgres postgres(SettingsReader read) {
    Optional<URI> url = read.optionalUrl("database.url", "postgresql", "postgres");
    return new Postgres(
        url,
        login(read, "database", "tocsin_hub", url.isPresent()),
        login(read, "database.site", "tocsin_site", url.isPresent()),
        login(read, "database.courier", "tocsin_courier", url.isPresent()),
        read.number("database.connections", 12, 3, 200),
        read.flag("database.migrate", true));
  }

  private static Login login(SettingsReader read, String prefix, String username, boolean needed) {
    String name = read.string(prefix + ".username", username);
    if (!name.matches("[a-z_][a-z0-9_]{0,62}")) {
      read.problem(prefix + ".username", "must be a lower-case PostgreSQL role name");
    }
    return new Login(
        name,
        needed
            ? read.required(
                prefix + ".password",
                "database.url is set, so the role " + name + " needs its password")
            : read.string(prefix + ".password", ""));
  }

  private static Smtp smtp(SettingsReader read, String from, boolean needed) {
    Optional<String> host = read.optional("smtp.host");
    Tls tls = read.choice("smtp.tls", Tls.class, Tls.REQUIRED);
    if (host.isEmpty() && needed) {
      read.problem(
          "smtp.host", "is missing: name the mail relay (only a demo has a captured mailbox)");
    }
    Optional<String> username = read.optional("smtp.username");
    Optional<String> password = read.optional("smtp.password");
    if (username.isPresent() != password.isPresent()) {
      read.problem("smtp.password", "and smtp.username go together");
    }
    return new Smtp(
        host,
        read.port("smtp.port", 587),
        username,
        password,
        tls,
        read.number("smtp.connections", 8, 1, 200),
        DkimReading.of(read, from));
  }

  private static Mail mail(SettingsReader read, boolean demo) {
    String from = address(read, "mail.from", "news@tocsin.example");
    return new Mail(
        from,
        address(read, "mail.reply_to", "office@tocsin.example"),
        read.string("mail.bounce_domain", "bounce." + from.substring(from.indexOf('@') + 1)),
        read.list("mail.allowed_domains", demo ? RESERVED_DOMAINS : List.of()).stream()
            .map(d -> d.toLowerCase(Locale.ROOT))
            .toList(),
        read.number("mail.confirmations_per_address", 5, 1, 100),
        read.number("mail.confirmations_per_source", 20, 1, 10_000));
  }

  private static String address(SettingsReader read, String key, String otherwise) {
    String value = read.string(key, otherwise);
    if (!value.matches("[^@\\s<>]+@[^@\\s<>]+")) {
      read.problem(key, "must be an e-mail address");
      return otherwise;
    }
    return value;
  }

  private static Webhooks webhooks(SettingsReader read, boolean demo) {
    boolean allowPrivate = read.flag("webhooks.allow_private", false);
    if (allowPrivate && !demo) {
      read.problem("webhooks.allow_private", "opens loopback to webhooks and is for a demo only");
    }
    return new Webhooks(allowPrivate, read.list("webhooks.allowed_hosts", List.of()));
  }

  private static Organisation organisation(SettingsReader read) {
    return new Organisation(
        read.string("organisation.name", "Committee on Human Rights"),
        read.string("organisation.short_name", "Tocsin"),
        read.string("organisation.postal_address", "1 Example Square, Exampleton"),
        read.url("organisation.website", "https://committee.example/", "https", "http"),
        address(read, "organisation.contact_email", "office@tocsin.example"),
        read.url(
            "organisation.privacy_policy", "https://committee.example/privacy", "https", "http"));
  }

  /** A list of ids, to each of which a message bundle may give words. */
  private static List<String> words(
      SettingsReader read, String key, List<String> otherwise, int most) {
    List<String> words = read.list(key, otherwise);
    if (words.isEmpty() || words.size() > most) {
      read.problem(key, "must be a list of 1 to " + most + " words");
    }
    for (String word : words) {
      if (!word.matches("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")) {
        read.problem(key, "must be lower-case words joined by hyphens, not '" + word + "'");
      }
    }
    if (Set.copyOf(words).size() < words.size()) {
      read.problem(key, "must name each one once");
    }
    return words;
  }
}
