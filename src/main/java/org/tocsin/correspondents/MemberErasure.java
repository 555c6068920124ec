package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Forgetting;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.NotFound;

/**
 * Erases a member: the membership ends, and name, address, areas and wishes are wiped wherever they
 * stand. What stays is the number, so that history adds up without a person, and a keyed hash that
 * keeps mail from the address. The academy's own list stays as the academy gave it.
 */
public final class MemberErasure {
  private final Database hub;
  private final MemberVault vault;
  private final Forgetting forgetting;
  private final List<MemberErased> others;
  private final Audit audit;
  private final InstantSource clock;
  private final MemberRepository members;
  private final ApplicationRepository applications;
  private final MemberAddressRepository changes;
  private final DoorRepository door = new DoorRepository();

  /**
   * @param others who hold words of a member too
   */
  public MemberErasure(
      Database hub,
      MemberVault vault,
      Forgetting forgetting,
      List<MemberErased> others,
      Audit audit,
      InstantSource clock) {
    this.hub = hub;
    this.vault = vault;
    this.forgetting = forgetting;
    this.others = List.copyOf(others);
    this.audit = audit;
    this.clock = clock;
    this.members = new MemberRepository(vault);
    this.applications = new ApplicationRepository(vault);
    this.changes = new MemberAddressRepository(vault);
  }

  /**
   * @param actor the member of staff, or "person" where the member asked in the portal
   */
  public void erase(String actor, MemberId id) {
    hub.inTransaction(
        tx -> {
          Member member = members.lock(tx, id).orElseThrow(() -> new NotFound("member"));
          Instant now = clock.instant();
          forgetting.suppress(tx, vault.hash(member.address()).getBytes(), now);
          forgetting.letters(tx, MemberMail.KINDS, speaksOf(member));
          forgetting.answers(tx, CorrespondentAudience.NAME, id.value());
          applications.forget(tx, member);
          changes.delete(tx, id);
          dropWishes(tx, member);
          others.forEach(other -> other.forget(tx, id));
          members.erase(tx, id, now);
          audit.record(
              tx,
              actor,
              "member.erased",
              id.subject(),
              new JsonObject().put("was", member.state().name().toLowerCase(Locale.ROOT)));
        });
  }

  private void dropWishes(Tx tx, Member member) {
    door.asked(tx)
        .forEach(
            (request, closed) -> {
              if (vault.openAddress(closed).lookupKey().equals(member.address().lookupKey())) {
                door.drop(tx, request);
              }
            });
  }

  /** To them, or naming their address to somebody else, as the question to the roster's does. */
  static Predicate<Map<String, String>> speaksOf(Member member) {
    List<String> marks =
        List.of(
            member.address().address(), member.address().readable(), MemberMail.mark(member.id()));
    return holes -> holes.values().stream().anyMatch(marks::contains);
  }
}
