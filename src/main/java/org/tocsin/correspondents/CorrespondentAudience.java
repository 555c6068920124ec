package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.broadcasts.Addressee;
import org.tocsin.broadcasts.Audience;
import org.tocsin.channels.Destination;
import org.tocsin.correspondents.MemberAddresseeRepository.Candidate;
import org.tocsin.correspondents.MemberAddresseeRepository.ClosedAddressee;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.crypto.UnusableKeyring;
import org.tocsin.platform.database.Sql;

/**
 * The members a message is for, as {@link MemberSelection} says. Looked at twice, at the snapshot
 * and at the moment of sending. The holes name nobody: {@code portal_url} is the portal's front
 * door, the same for all, and {@code code} lets the reader check that the mail is ours.
 */
public final class CorrespondentAudience implements Audience {
  public static final String NAME = "correspondents";

  private final MemberVault vault;
  private final MemberSelection selections;
  private final MailCodes codes;
  private final String portal;
  private final DailyHour daily;
  private final InstantSource clock;
  private final org.tocsin.broadcasts.Reached reached = new org.tocsin.broadcasts.Reached();
  private final MemberAddresseeRepository addressees = new MemberAddresseeRepository();

  /**
   * @param portal absolute link to the portal
   * @param daily when those who want mail once a day get what is not urgent
   */
  public CorrespondentAudience(
      MemberVault vault,
      MemberSelection selections,
      MailCodes codes,
      String portal,
      DailyHour daily,
      InstantSource clock) {
    this.vault = vault;
    this.selections = selections;
    this.codes = codes;
    this.portal = portal;
    this.daily = daily;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Long> membersAfter(Sql sql, JsonObject selection, long target, int limit) {
    return switch (selections.read(selection)) {
      case MemberSelection.Wanted wanted -> wanted(sql, wanted, target, limit);
      case MemberSelection.Reached stopped -> reached.after(sql, stopped.whom(), target, limit);
    };
  }

  /** Fewer than asked for means the end, so a page that refusals thinned out is filled up. */
  private List<Long> wanted(Sql sql, MemberSelection.Wanted wanted, long after, int limit) {
    List<Long> members = new ArrayList<>();
    long place = after;
    List<Candidate> page;
    do {
      page = addressees.candidates(sql, wanted, place, clock.instant(), limit - members.size());
      for (Candidate one : page) {
        place = one.member();
        if (!refused(wanted, vault.openRefused(one.refused()))) {
          members.add(one.member());
        }
      }
    } while (members.size() < limit && !page.isEmpty());
    return members;
  }

  private static boolean refused(MemberSelection.Wanted wanted, java.util.Set<String> refused) {
    return wanted.country().filter(refused::contains).isPresent();
  }

  @Override
  public long count(Sql sql, JsonObject selection) {
    return switch (selections.read(selection)) {
      case MemberSelection.Wanted wanted -> wanted(sql, wanted, 0, Integer.MAX_VALUE).size();
      case MemberSelection.Reached stopped -> reached.count(sql, stopped.whom());
    };
  }

  @Override
  public Map<Long, Addressee> reach(Sql courier, JsonObject selection, List<Recipient> recipients) {
    MemberSelection.Selection read = selections.read(selection);
    Map<Long, Addressee> found = new LinkedHashMap<>();
    recipients.forEach(one -> found.put(one.target(), new Addressee.Unreachable("gone")));
    Instant now = clock.instant();
    for (ClosedAddressee closed :
        addressees.addressees(courier, recipients.stream().map(Recipient::target).toList())) {
      found.put(closed.id(), reach(read, closed, now));
    }
    return found;
  }

  private Addressee reach(MemberSelection.Selection read, ClosedAddressee closed, Instant now) {
    try {
      Optional<String> hindrance =
          switch (read) {
            case MemberSelection.Wanted wanted -> hindrance(wanted, closed, now);
            case MemberSelection.Reached stopped -> Optional.empty();
          };
      if (hindrance.isPresent()) {
        return new Addressee.Unreachable(hindrance.get());
      }
      if (closed.address().isEmpty()) {
        return new Addressee.Unreachable("erased");
      }
      EmailAddress address = vault.openAddress(closed.address().get());
      Addressee.Reachable atOnce =
          new Addressee.Reachable(
              new Destination.Mailbox(address.address()),
              closed.language(),
              Map.of("portal_url", portal, "code", codes.code("member:" + closed.id(), now)),
              vault.suppressionHashes(address));
      return waits(read, closed, now)
          .<Addressee>map(until -> new Addressee.Later(until, atOnce))
          .orElse(atOnce);
    } catch (UnusableKeyring unreadable) {
      // One row that does not open must not hold up the segment it stands in.
      return new Addressee.Broken();
    }
  }

  /** Whoever may wait, and gets it in time nevertheless. */
  private Optional<Instant> waits(
      MemberSelection.Selection read, ClosedAddressee closed, Instant now) {
    return switch (read) {
      case MemberSelection.Wanted wanted when closed.frequency() == Wishes.Frequency.DAILY ->
          wanted.waitUntil().flatMap(end -> Optional.of(daily.next(now)).filter(end::isAfter));
      case MemberSelection.Wanted _, MemberSelection.Reached _ -> Optional.empty();
    };
  }

  private Optional<String> hindrance(
      MemberSelection.Wanted wanted, ClosedAddressee closed, Instant now) {
    if (closed.state() != MemberState.ACTIVE) {
      return Optional.of(closed.state().word());
    }
    if (closed.travelUntil().filter(now::isBefore).isPresent()) {
      return Optional.of("travelling");
    }
    return closed
            .refused()
            .map(vault::openRefused)
            .filter(them -> refused(wanted, them))
            .isPresent()
        ? Optional.of("declined")
        : Optional.empty();
  }
}
