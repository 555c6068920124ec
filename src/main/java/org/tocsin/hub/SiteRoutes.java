package org.tocsin.hub;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static org.tocsin.web.Route.person;
import static org.tocsin.web.Route.site;

import java.util.List;
import org.tocsin.web.DoorCookies;
import org.tocsin.web.FormTrap;
import org.tocsin.web.Pages;
import org.tocsin.web.Route;
import org.tocsin.web.site.ApplicationPages;
import org.tocsin.web.site.ApplyPages;
import org.tocsin.web.site.ArchivePages;
import org.tocsin.web.site.ConfirmPages;
import org.tocsin.web.site.FeedPages;
import org.tocsin.web.site.LinkPages;
import org.tocsin.web.site.PreferencePages;
import org.tocsin.web.site.SubscribePages;
import org.tocsin.web.site.UnsubscribePages;
import org.tocsin.web.site.VerifyPages;

/** The public site and the pages of whoever holds a link: URL and handler on a line. */
final class SiteRoutes {
  private final ArchivePages archive;
  private final FeedPages feeds;
  private final SubscribePages subscribe;
  private final ConfirmPages confirm;
  private final UnsubscribePages unsubscribe;
  private final LinkPages links;
  private final PreferencePages preferences;
  private final ApplyPages apply;
  private final ApplicationPages application;
  private final VerifyPages verify;

  SiteRoutes(Features hub, Pages pages) {
    DoorCookies browsers = new DoorCookies(hub.settings.http().secure(), hub.marks);
    this.archive = new ArchivePages(hub.archive, pages, hub.settings.topics());
    this.feeds = new FeedPages(hub.feeds);
    FormTrap trap = new FormTrap(hub.keyring.tokens(), hub.clock);
    this.subscribe =
        new SubscribePages(
            hub.signUps, hub.topics, hub.languages, trap, hub.signUpTally, browsers, pages);
    this.confirm = new ConfirmPages(hub.confirmations, browsers, pages);
    this.unsubscribe = new UnsubscribePages(hub.unsubscribes, pages);
    this.links = new LinkPages(hub.signUps, hub.addressChanges, browsers, pages);
    this.apply = new ApplyPages(hub.applications, hub.languages, trap, hub.applicationTally, pages);
    this.application = new ApplicationPages(hub.applicationLinks, pages);
    this.verify = new VerifyPages(hub.mailCodes, hub.clock, pages);
    this.preferences =
        new PreferencePages(hub.preferences, hub.addressChanges, hub.languages, browsers, pages);
  }

  List<Route> all() {
    return List.of(
        site(GET, "/", archive::home),
        site(GET, "/newsletters", archive::list),
        site(GET, "/newsletters/:month", archive::issue),
        site(GET, "/search", archive::search),
        site(GET, "/feeds/newsletters.atom", feeds::atom),
        site(GET, "/feeds/newsletters.json", feeds::json),
        site(GET, "/subscribe", subscribe::show),
        site(POST, "/subscribe", subscribe::subscribe),
        site(GET, "/verify", verify::show),
        site(POST, "/verify", verify::check),
        site(GET, "/correspondents/apply", apply::show),
        site(POST, "/correspondents/apply", apply::apply),
        person(GET, "/correspondents/application/:token", application::showProof),
        person(POST, "/correspondents/application/:token", application::prove),
        person(GET, "/correspondents/vouch/:token", application::showVouch),
        person(POST, "/correspondents/vouch/:token", application::vouch),
        person(GET, "/confirm/:token", confirm::show),
        person(POST, "/confirm/:token", confirm::confirm),
        person(GET, "/u/:token", unsubscribe::show),
        person(POST, "/u/:token", unsubscribe::leave),
        person(GET, "/preferences", links::showRequest),
        person(POST, "/preferences", links::request),
        person(GET, "/preferences/:token", preferences::show),
        person(POST, "/preferences/:token", preferences::choose),
        person(POST, "/preferences/:token/pause", preferences::pause),
        person(POST, "/preferences/:token/resume", preferences::resume),
        person(POST, "/preferences/:token/leave", preferences::leaveAll),
        person(POST, "/preferences/:token/address", preferences::changeAddress),
        person(POST, "/preferences/:token/data", preferences::download),
        person(POST, "/preferences/:token/erase", preferences::erase),
        person(GET, "/address/:token", links::showProof),
        person(POST, "/address/:token", links::prove));
  }
}
