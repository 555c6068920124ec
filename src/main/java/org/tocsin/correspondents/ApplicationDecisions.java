package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.audit.Audit;
import org.tocsin.correspondents.Application.State;
import org.tocsin.correspondents.RosterRepository.Listed;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * What staff decides about applications. A list shows no name; whoever opens one is written down.
 */
public final class ApplicationDecisions {
  /** What waits for staff. */
  public static final List<State> WAITING = List.of(State.VERIFIED, State.NEEDS_REVIEW);

  /** What waits for the applicant or the roster's address. */
  public static final List<State> UNDER_WAY =
      List.of(State.APPLIED, State.EMAIL_PROVEN, State.ROSTER_MATCHED);

  private final Database hub;
  private final Members members;
  private final ApplicationClerk clerk;
  private final Audit audit;
  private final InstantSource clock;
  private final ApplicationRepository applications;
  private final RosterRepository roster;

  public ApplicationDecisions(
      Database hub,
      MemberVault vault,
      Members members,
      ApplicationClerk clerk,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.members = members;
    this.clerk = clerk;
    this.audit = audit;
    this.clock = clock;
    this.applications = new ApplicationRepository(vault);
    this.roster = new RosterRepository(vault);
  }

  /**
   * An entry of the roster that may be the applicant's.
   *
   * @param sameAddress whether the applicant typed the address that the roster has
   */
  public record Candidate(long id, RosterEntry entry, boolean sameAddress) {}

  /** One application, with the entries of that name or address. */
  public record Dossier(Application application, List<Candidate> candidates) {}

  public List<Application> page(List<State> states, long before, int limit) {
    return applications.page(hub, before, states, limit);
  }

  public long waiting() {
    return applications.count(hub, WAITING);
  }

  /** For a page that shows the name and the address. */
  public Dossier open(String actor, ApplicationId id) {
    return hub.transaction(
        tx -> {
          Application application = find(tx, id);
          Dossier dossier = new Dossier(application, candidates(tx, application));
          audit.record(tx, actor, "application.opened", id.subject());
          return dossier;
        });
  }

  private List<Candidate> candidates(Tx tx, Application application) {
    List<Listed> listed =
        application.roster().isPresent()
            ? roster.find(tx, application.roster().get()).stream().toList()
            : java.util.stream.Stream.concat(
                    roster.byName(tx, application.academy(), application.name()).stream(),
                    roster.byAddress(tx, application.address()).stream())
                .distinct()
                .toList();
    return listed.stream()
        .map(
            one ->
                new Candidate(
                    one.id(),
                    one.entry(),
                    one.entry().address().lookupKey().equals(application.address().lookupKey())))
        .toList();
  }

  /** Staff names the entry; its address is asked all the same. */
  public void choose(String actor, ApplicationId id, long entry) {
    hub.inTransaction(
        tx -> {
          Application application = lock(tx, id, List.of(State.NEEDS_REVIEW));
          Listed listed =
              candidates(tx, application).stream()
                  .filter(one -> one.id() == entry)
                  .map(one -> new Listed(one.id(), one.entry()))
                  .findFirst()
                  .orElseThrow(() -> new NotFound("entry"));
          if (applications.taken(tx, entry)) {
            throw new Conflict("entry_taken", "This entry of the roster is somebody's already.");
          }
          clerk.askRoster(tx, actor, application, listed);
        });
  }

  public MemberId accept(String actor, ApplicationId id) {
    return hub.transaction(
        tx -> {
          Application application = lock(tx, id, List.of(State.VERIFIED));
          applications.move(tx, id, State.ACCEPTED, clock.instant());
          MemberId member =
              members.enrol(
                  tx,
                  actor,
                  new NewMember(
                      Circle.CORRESPONDENT,
                      application.name(),
                      application.address(),
                      application.language(),
                      List.of(),
                      application.roster()));
          audit.record(tx, actor, "application.accepted", id.subject());
          return member;
        });
  }

  /** Nothing is mailed: a stranger learns nothing, and to a member staff writes in person. */
  public void refuse(String actor, ApplicationId id) {
    hub.inTransaction(
        tx -> {
          Application before =
              lock(tx, id, java.util.Arrays.stream(State.values()).filter(State::open).toList());
          applications.stop(tx, id, State.REFUSED, Application.Reason.STAFF, clock.instant());
          audit.record(
              tx,
              actor,
              "application.refused",
              id.subject(),
              new JsonObject().put("from", before.state().name()));
        });
  }

  private Application find(Tx tx, ApplicationId id) {
    return applications.find(tx, id).orElseThrow(() -> new NotFound("application"));
  }

  private Application lock(Tx tx, ApplicationId id, List<State> from) {
    Optional<Application> found = applications.lock(tx, id);
    Application application = found.orElseThrow(() -> new NotFound("application"));
    if (!from.contains(application.state())) {
      throw new Conflict("application_moved", "Somebody decided this already. Look again.");
    }
    return application;
  }
}
