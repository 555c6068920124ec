package org.tocsin.hub;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tocsin.access.LinkRequested;
import org.tocsin.correspondents.ApplicationLeft;
import org.tocsin.correspondents.PortalLinkAsked;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.time.Duty;
import org.tocsin.subscribers.SignUpAsked;

/** What recurs: answering sign-ups and sign-in requests, forgetting what is over. */
final class HousekeepingVerticle extends VerticleBase {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration MINUTELY = Duration.ofMinutes(1);
  private static final Duration HOURLY = Duration.ofHours(1);
  private static final int MANY = 1_000;

  private final Features hub;
  private final List<Duty> duties = new ArrayList<>();
  private final List<Bus.Subscription> doorbells = new ArrayList<>();

  HousekeepingVerticle(Features hub) {
    this.hub = hub;
  }

  @Override
  public Future<?> start() {
    Duty signUps = start("sign-ups", SOON, hub.signUpClerk);
    doorbells.add(hub.bus.on(SignUpAsked.TOPIC, news -> signUps.ring()));
    Duty signInLinks = start("sign-in links", SOON, hub.signInLinks::round);
    doorbells.add(hub.bus.on(LinkRequested.TOPIC, news -> signInLinks.ring()));
    start("count sign-ups", MINUTELY, hub.signUpTally);
    start("count applications", MINUTELY, hub.applicationTally);
    start("consents", MINUTELY, hub.consents::round);
    Duty applications = start("applications", SOON, hub.applicationClerk);
    doorbells.add(hub.bus.on(ApplicationLeft.TOPIC, news -> applications.ring()));
    Duty portalLinks = start("portal links", SOON, hub.portalLinks);
    doorbells.add(hub.bus.on(PortalLinkAsked.TOPIC, news -> portalLinks.ring()));
    start("let alerts go", Duration.ofSeconds(1), hub.alerts::launchRound);
    start("hold everything", Duration.ofSeconds(1), hub.standstill::round);
    start("tell who read again", MINUTELY, hub.audit::readingsRound);
    start("publish newsletters", Duration.ofSeconds(1), hub.newsletters::publishDue);
    start("look through newsletters", SOON, hub.newsletters::lookThrough);
    start("remind staff", HOURLY, hub.reminders);
    start("tell of tokens that end", HOURLY, hub.tokenNotices);
    start("forget applications", HOURLY, hub.memberHousekeeping);
    start("forget people", HOURLY, hub.peopleHousekeeping);
    start("forget access", HOURLY, this::forgetAccess);
    start("empty old letters", HOURLY, () -> hub.forgetting.endedLetters(hub.hub) >= MANY);
    start("drop old deliveries", HOURLY, hub.retention);
    hub.endpointHealth.start();
    return Future.succeededFuture();
  }

  private boolean forgetAccess() {
    return hub.signIn.forgetExpired()
            + hub.signInLinks.forgetExpired()
            + hub.letterPace.forget(hub.hub)
            + hub.idempotency.forgetExpired()
        < 0;
  }

  private Duty start(String name, Duration period, Duty.Work work) {
    Duty duty = Duty.start(name, period, work);
    duties.add(duty);
    return duty;
  }

  @Override
  public Future<?> stop() {
    doorbells.forEach(Bus.Subscription::end);
    return vertx.executeBlocking(
        () -> {
          duties.forEach(Duty::close);
          hub.endpointHealth.close();
          return true;
        },
        false);
  }
}
