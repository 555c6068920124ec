package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * The desk's view of members. Lists show no address and no name; whoever opens one is written down,
 * and so is what is done there.
 */
public final class Members {
  private static final int HISTORY = 100;

  private final Database hub;
  private final MemberMail mail;
  private final Audit audit;
  private final InstantSource clock;
  private final MemberRepository members;
  private final RosterRepository roster;

  public Members(
      Database hub, MemberVault vault, MemberMail mail, Audit audit, InstantSource clock) {
    this.hub = hub;
    this.mail = mail;
    this.audit = audit;
    this.clock = clock;
    this.members = new MemberRepository(vault);
    this.roster = new RosterRepository(vault);
  }

  /** How many there are, and how many want to be looked at again. */
  public record Overview(List<Tally> tallies) {
    public long of(Circle circle, MemberState state) {
      return tallies.stream()
          .filter(one -> one.circle() == circle && one.state() == state)
          .mapToLong(Tally::members)
          .sum();
    }

    public long of(MemberState state) {
      return tallies.stream().filter(one -> one.state() == state).mapToLong(Tally::members).sum();
    }

    public long due() {
      return tallies.stream().mapToLong(Tally::due).sum();
    }

    public long all() {
      return tallies.stream().mapToLong(Tally::members).sum();
    }
  }

  /** One record with what was done about it, newest first. */
  public record Card(Member member, boolean checkDue, List<AuditEntry> history) {}

  /** What a list shows; an empty word means any. */
  public record Filter(String circle, String state, boolean due) {
    public static final Filter ALL = new Filter("", "", false);
  }

  public Overview overview() {
    return new Overview(members.tally(hub, dueBy()));
  }

  /** Newest first; show these people's masked addresses only. */
  public List<Member> page(Filter filter, long before, int limit) {
    return members.page(hub, before, filter.circle(), filter.state(), filter.due(), dueBy(), limit);
  }

  private Instant dueBy() {
    return clock.instant().minus(Member.CHECK_EVERY);
  }

  /** By the exact address, in any spelling; the question itself is written down, without it. */
  public Optional<MemberId> find(String actor, EmailAddress address) {
    return hub.transaction(
        tx -> {
          Optional<MemberId> found = members.find(tx, address).map(Member::id);
          audit.record(
              tx,
              actor,
              "member.looked_up",
              found.map(MemberId::subject).orElse("members"),
              new JsonObject().put("found", found.isPresent()));
          return found;
        });
  }

  /** For whoever writes down themselves that somebody looked. */
  public Optional<Member> named(MemberId id) {
    return members.find(hub, id);
  }

  /** For a page that shows no name and no address. */
  public Card look(MemberId id) {
    return card(members.find(hub, id).orElseThrow(Members::nobody));
  }

  /** For a page that shows them. */
  public Card open(String actor, MemberId id) {
    return card(
        hub.transaction(
            tx -> {
              Member member = members.lock(tx, id).orElseThrow(Members::nobody);
              audit.record(tx, actor, "member.opened", id.subject());
              return member;
            }));
  }

  private Card card(Member member) {
    return new Card(
        member,
        member.checkDue(clock.instant()),
        audit.latest(member.id().subject(), Long.MAX_VALUE, HISTORY));
  }

  /** Somebody whom staff vouches for: an academy's contact, a volunteer, staff who practise. */
  public MemberId enrol(String actor, NewMember fresh) {
    return hub.transaction(tx -> enrol(tx, actor, fresh));
  }

  MemberId enrol(Tx tx, String actor, NewMember fresh) {
    try {
      MemberId id = members.insert(tx, fresh, clock.instant());
      mail.welcome(tx, fresh.address(), fresh.language());
      audit.record(
          tx,
          actor,
          "member.enrolled",
          id.subject(),
          new JsonObject().put("audience", fresh.circle().word()));
      return id;
    } catch (ConstraintViolated taken) {
      throw new Conflict("already_member", "This address or roster entry is a member's already.");
    }
  }

  /**
   * Members of an older system, who know already that they are: no letter of welcome. Each
   * correspondent is tied to the one roster entry of their address, where there is one.
   */
  public void takeOver(String actor, List<NewMember> people) {
    hub.inTransaction(
        tx -> {
          people.forEach(one -> members.insert(tx, tied(tx, one), clock.instant()));
          audit.record(
              tx,
              actor,
              "member.taken_over",
              "members",
              new JsonObject().put("count", people.size()));
        });
  }

  private NewMember tied(Tx tx, NewMember one) {
    List<RosterRepository.Listed> entries = roster.byAddress(tx, one.address());
    return one.circle() != Circle.CORRESPONDENT || entries.size() != 1
        ? one
        : new NewMember(
            one.circle(),
            one.name(),
            one.address(),
            one.language(),
            one.areas(),
            Optional.of(entries.getFirst().id()));
  }

  /** No mail, no way in, until somebody resumes it. */
  public void suspend(String actor, MemberId id) {
    move(actor, id, "member.suspended", Set.of(MemberState.ACTIVE), MemberState.SUSPENDED);
  }

  public void resume(String actor, MemberId id) {
    move(actor, id, "member.resumed", Set.of(MemberState.SUSPENDED), MemberState.ACTIVE);
  }

  /** For ever: sessions, links and waiting deliveries die at once. */
  public void end(String actor, MemberId id) {
    move(
        actor,
        id,
        "member.ended",
        Set.of(MemberState.ACTIVE, MemberState.SUSPENDED),
        MemberState.ENDED);
  }

  /** The yearly look: still elected, still reachable, still willing. */
  public void checked(String actor, MemberId id) {
    change(
        actor,
        id,
        "member.checked",
        Set.of(MemberState.ACTIVE, MemberState.SUSPENDED),
        tx -> members.checked(tx, id, clock.instant()));
  }

  private void move(
      String actor, MemberId id, String action, Set<MemberState> from, MemberState to) {
    change(actor, id, action, from, tx -> members.setState(tx, id, to, clock.instant()));
  }

  private void change(
      String actor, MemberId id, String action, Set<MemberState> from, Consumer<Tx> change) {
    hub.inTransaction(
        tx -> {
          Member member = members.lock(tx, id).orElseThrow(Members::nobody);
          if (!from.contains(member.state())) {
            throw new Conflict("member_moved", "Somebody changed this already. Look again.");
          }
          change.accept(tx);
          audit.record(tx, actor, action, id.subject());
        });
  }

  private static NotFound nobody() {
    return new NotFound("member");
  }
}
