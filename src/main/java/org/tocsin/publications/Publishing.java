package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.BroadcastId;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.release.ApprovalId;
import org.tocsin.release.ReleaseId;
import org.tocsin.release.ReleaseOrder;
import org.tocsin.release.Releases;

/** Letting an approved issue go, in one transaction on all its ways, and calling it back. */
final class Publishing {
  /** In which issues are written. */
  static final Locale LANGUAGE = Locale.forLanguageTag(Languages.DEFAULT);

  private static final Duration FURTHEST = Duration.ofDays(366);

  private final Issues issues;
  private final Distribution distribution;
  private final Standstill standstill;
  private final PublishedRepository published = new PublishedRepository();

  Publishing(Issues issues, Distribution distribution, Standstill standstill) {
    this.issues = issues;
    this.distribution = distribution;
    this.standstill = standstill;
  }

  Released release(NewsletterId id, StaffId staff, Optional<Instant> notBefore) {
    Instant now = issues.now();
    Instant visibleAt = notBefore.filter(now::isBefore).orElse(now).truncatedTo(ChronoUnit.MILLIS);
    if (visibleAt.isAfter(now.plus(FURTHEST))) {
      throw new Invalid("not_before", "Choose a time within the next year");
    }
    return issues.change(
        id,
        (tx, before) -> {
          Pressed pressed = approved(tx, before);
          standstill.requireNone(tx);
          Draft draft = before.draft();
          ReleaseId release =
              publish(tx, before, pressed, Distribution.everywhere(draft), visibleAt, staff);
          if (!visibleAt.isAfter(now)) {
            distribution.tell(tx, draft, release, visibleAt);
          }
          BroadcastId email = distribution.email(tx, draft, pressed, release, visibleAt);
          BroadcastId webhook = distribution.webhook(tx, draft, release, visibleAt);
          Newsletter after = recordRelease(tx, before, release, visibleAt, staff);
          return new Released(after, release, email, webhook, visibleAt);
        });
  }

  /**
   * For what was sent long ago by other means: it stands in the archive, and nobody is written to.
   */
  Newsletter archive(NewsletterId id, StaffId staff, Instant visibleAt) {
    return issues.change(
        id,
        (tx, before) -> {
          Pressed pressed = approved(tx, before);
          standstill.requireNone(tx);
          ReleaseId release =
              publish(tx, before, pressed, Distribution.archiveOnly(), visibleAt, staff);
          return recordRelease(tx, before, release, visibleAt, staff);
        });
  }

  private Pressed approved(Tx tx, Newsletter issue) {
    Issues.requireNotReleased(issue);
    if (issue.state() != State.APPROVED) {
      throw issues
              .releases
              .latestApproval(tx, issue.id().subject())
              .filter(approval -> !approval.hash().equals(issue.hash()))
              .isPresent()
          ? Releases.contentChanged()
          : Releases.notApproved();
    }
    return issues.frozen(tx, issue);
  }

  private ReleaseId publish(
      Tx tx,
      Newsletter issue,
      Pressed pressed,
      JsonObject audience,
      Instant visibleAt,
      StaffId staff) {
    ApprovalId approval = issue.approval().orElseThrow(Releases::notApproved);
    ReleaseId release =
        issues.releases.release(
            tx, new ReleaseOrder(approval, audience, visibleAt, ReleaseOrder.Mode.ACTUAL), staff);
    if (!visibleAt.isAfter(issues.now())) {
      show(tx, issue.draft(), pressed, visibleAt);
    }
    return release;
  }

  private void show(Tx tx, Draft draft, Pressed pressed, Instant visibleAt) {
    published.insert(tx, draft, pressed.page(), LANGUAGE, visibleAt);
  }

  /**
   * Shows the public what was scheduled, once its time has come: until then it stands in no table
   * that is plain. While everything is on hold it waits as its letters do.
   *
   * @return whether there may be more
   */
  boolean publishDue() {
    return issues.database.transaction(
        tx -> {
          if (standstill.isOn(tx)) {
            return false;
          }
          List<Newsletter> due = issues.newsletters.toPublish(tx, issues.now());
          due.forEach(issue -> publishNow(tx, issue));
          return !due.isEmpty();
        });
  }

  private void publishNow(Tx tx, Newsletter issue) {
    Instant visibleAt = issue.visibleAt().orElseThrow();
    show(tx, issue.draft(), issues.pressed.of(tx, issue.id()), visibleAt);
    distribution.tell(tx, issue.draft(), issue.release().orElseThrow(), visibleAt);
  }

  private Newsletter recordRelease(
      Tx tx, Newsletter before, ReleaseId release, Instant visibleAt, StaffId staff) {
    Newsletter after =
        issues.newsletters.released(tx, before.id(), release, visibleAt, issues.now());
    issues.record(
        tx,
        staff,
        "released",
        after,
        new JsonObject()
            .put("release", release.value())
            .put("hash", before.hash().hex())
            .put("not_before", visibleAt.toString()));
    return after;
  }

  /**
   * What the public has seen leaves a tombstone; what it has not yet is a draft again. Either way
   * whatever is not sent yet stays unsent.
   */
  Newsletter withdraw(NewsletterId id, StaffId staff) {
    Instant now = issues.now().truncatedTo(ChronoUnit.MILLIS);
    return issues.change(
        id,
        (tx, before) ->
            switch (before.state()) {
              case SCHEDULED, PUBLISHED -> callBack(tx, before, staff, now);
              case DRAFT, IN_REVIEW, APPROVED ->
                  throw new Conflict("not_released", "This issue was not released");
              case WITHDRAWN -> throw new Conflict("already_withdrawn", "This issue is withdrawn");
            });
  }

  /** First nothing more leaves; then it is asked whether anything has. */
  private Newsletter callBack(Tx tx, Newsletter issue, StaffId staff, Instant now) {
    ReleaseId release = issue.release().orElseThrow();
    boolean announced = distribution.callBack(tx, release);
    return issue.state() == State.PUBLISHED || distribution.hasLeft(tx, release)
        ? entomb(tx, issue, announced, staff, now)
        : takeBack(tx, issue, staff, now);
  }

  private Newsletter takeBack(Tx tx, Newsletter issue, StaffId staff, Instant now) {
    Newsletter after = issues.newsletters.draftAgain(tx, issue.id(), "", now);
    issues.record(tx, staff, "taken_back", after, new JsonObject());
    return after;
  }

  private Newsletter entomb(
      Tx tx, Newsletter issue, boolean announced, StaffId staff, Instant now) {
    if (issue.state() != State.PUBLISHED) {
      publishNow(tx, issue);
    }
    if (announced) {
      distribution.tellWithdrawn(tx, issue.draft(), issue.release().orElseThrow(), now);
    }
    published.withdraw(tx, issue.draft().month(), now);
    Newsletter after = issues.newsletters.withdrawn(tx, issue.id(), now);
    issues.record(tx, staff, "withdrawn", after, new JsonObject());
    return after;
  }
}
