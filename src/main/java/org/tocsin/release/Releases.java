package org.tocsin.release;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException;

/**
 * Two people, one hash: nothing is released but what a second person, who never edited it, approved
 * in exactly the form last written.
 */
public final class Releases {
  private final InstantSource clock;
  private final ReleaseRepository releases = new ReleaseRepository();

  public Releases(InstantSource clock) {
    this.clock = clock;
  }

  /** Call it for every change, with the hash of the whole content as it then stands. */
  public void edited(Tx tx, String subject, StaffId editor, ContentHash hash) {
    releases.insertEdit(tx, subject, editor, hash, clock.instant());
  }

  /**
   * @param hash what the approver saw
   * @throws HubException.Forbidden {@code approver_is_editor}
   * @throws HubException.Conflict {@code content_changed}, {@code already_approved}
   */
  public ApprovalId approve(Tx tx, String subject, StaffId approver, ContentHash hash) {
    return judged(() -> releases.insertApproval(tx, subject, approver, hash, clock.instant()));
  }

  /** Takes an approval back; what was released by it before stays released. */
  public void revoke(Tx tx, ApprovalId approval, StaffId staff) {
    releases.insertRevocation(tx, approval, staff, clock.instant());
  }

  /**
   * @throws HubException.Conflict {@code not_approved}, {@code content_changed}, {@code
   *     already_released}
   */
  public ReleaseId release(Tx tx, ReleaseOrder order, StaffId staff) {
    return judged(() -> releases.insertRelease(tx, order, staff, clock.instant()))
        .orElseThrow(Releases::notApproved);
  }

  /** All who ever wrote at it, in the order in which they first did. */
  public List<StaffId> editors(Sql sql, String subject) {
    return releases.editors(sql, subject);
  }

  /** The last approval given, whether or not it still holds. */
  public Optional<Approval> latestApproval(Sql sql, String subject) {
    return releases.latestApproval(sql, subject);
  }

  public static HubException.Forbidden approverIsEditor() {
    return new HubException.Forbidden(
        "approver_is_editor", "You wrote at this text, so another person must approve it");
  }

  public static HubException.Conflict notApproved() {
    return new HubException.Conflict(
        "not_approved", "This text is not approved, so it cannot be released");
  }

  public static HubException.Conflict contentChanged() {
    return new HubException.Conflict(
        "content_changed", "The text was changed since; read and approve it as it stands now");
  }

  public static HubException.Conflict alreadyApproved() {
    return new HubException.Conflict("already_approved", "This text is approved already");
  }

  public static HubException.Conflict alreadyReleased() {
    return new HubException.Conflict("already_released", "This text was released already");
  }

  private static <T> T judged(Supplier<T> statement) {
    try {
      return statement.get();
    } catch (ConstraintViolated broken) {
      throw switch (broken.constraint()) {
        case "approver_is_editor" -> approverIsEditor();
        case "content_changed", "somebody_wrote_it" -> contentChanged();
        case "already_approved" -> alreadyApproved();
        case "not_approved" -> notApproved();
        case "already_released" -> alreadyReleased();
        default -> broken;
      };
    }
  }
}
