package org.tocsin.platform.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.tocsin.platform.address.IpNetwork;

/**
 * Everything an operator can set, read once at start and checked as a whole.
 *
 * @param topics what people may sign up for, in the order in which they are shown
 * @param areas what volunteers may offer, in the order in which they are shown
 */
public record Settings(
    Http http,
    Management management,
    Cluster cluster,
    Path dataDir,
    Postgres database,
    Smtp smtp,
    Mail mail,
    Webhooks webhooks,
    Engine engine,
    Alerts alerts,
    Organisation organisation,
    List<String> topics,
    List<String> areas,
    LogFormat log,
    boolean demo) {

  /** Of a demonstration: that its mail goes to a relay, and so to people. */
  public boolean mailLeaves() {
    return smtp.host().isPresent();
  }

  /** {@code trustedProxies}: whose word on where a request comes from is believed. */
  public record Http(
      String host, int port, URI publicUrl, int instances, List<IpNetwork> trustedProxies) {
    public boolean secure() {
      return "https".equals(publicUrl.getScheme());
    }

    /** The hub speaks plain HTTP, so whoever has its https URL comes through a proxy. */
    public Optional<String> unnamedProxy() {
      return secure() && trustedProxies.isEmpty()
          ? Optional.of(
              "http.public_url is https, so a proxy stands before the hub, and http.trusted_proxies"
                  + " does not name it: all visitors count as one")
          : Optional.empty();
    }

    /** An absolute link to a path of the public site. */
    public String link(String path) {
      String base = publicUrl.toString();
      return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }
  }

  public enum LogFormat {
    TEXT,
    JSON
  }

  public record Management(String host, int port) {}

  /**
   * The nodes that tell one another news; {@code host} is empty where there is only this one.
   *
   * @param port where members find one another
   * @param newsPort where they tell their news
   * @param members each as host:port; this node may be among them
   */
  public record Cluster(
      boolean enabled, String name, String host, int port, int newsPort, List<String> members) {}

  /** {@code url} absent means an embedded PostgreSQL under the data folder. */
  public record Postgres(
      Optional<URI> url, Login hub, Login site, Login courier, int connections, boolean migrate) {}

  /** A database role's name and password. */
  public record Login(String username, String password) {
    @Override
    public String toString() {
      return username + ":********";
    }
  }

  /** {@code host} absent means the captured mailbox, which only a demo has. */
  public record Smtp(
      Optional<String> host,
      int port,
      Optional<String> username,
      Optional<String> password,
      Tls tls,
      int connections,
      Optional<Dkim> dkim) {
    @Override
    public String toString() {
      return "Smtp[" + host.orElse("captured") + ":" + port + ", tls=" + tls + "]";
    }
  }

  public enum Tls {
    REQUIRED,
    OPTIONAL,
    DISABLED
  }

  /**
   * At least one key; none at all is no Dkim.
   *
   * @param domain in A-labels; that of {@code mail.from}, or one above it
   */
  public record Dkim(String domain, Optional<DkimKey> rsa, Optional<DkimKey> ed25519) {}

  /** A private key's file, and the selector under which its public half is published. */
  public record DkimKey(String selector, Path file) {}

  /** {@code allowedDomains} empty means every domain. */
  public record Mail(
      String from,
      String replyTo,
      String bounceDomain,
      List<String> allowedDomains,
      int confirmationsPerAddress,
      int confirmationsPerSource) {}

  public record Webhooks(boolean allowPrivate, List<String> allowedHosts) {}

  /**
   * A slot is one delivery of this process that is handed over and not yet answered.
   *
   * @param domainRates messages a second, of all processes together, by mail domain; a domain that
   *     is not named has no limit
   * @param emailRate mails a second, of all processes together
   * @param keepMonths how long after its end it is kept what became of a broadcast's deliveries
   */
  public record Engine(
      int emailSlots,
      int webhookSlots,
      Map<String, Double> domainRates,
      OptionalDouble emailRate,
      Optional<WarmUp> warmUp,
      int keepMonths) {}

  /**
   * A sender whom mailbox providers do not know yet begins with few mails and doubles them daily.
   *
   * @param from in UTC
   * @param firstDay mails on that day
   */
  public record WarmUp(LocalDate from, int firstDay) {}

  /**
   * @param lastLook how long a released alert can still be held before anything leaves
   * @param dailyHour when, in UTC, what is not urgent leaves for members who want mail once a day
   */
  public record Alerts(Duration lastLook, int dailyHour) {}

  public record Organisation(
      String name,
      String shortName,
      String postalAddress,
      URI website,
      String contactEmail,
      URI privacyPolicy) {}
}
