package org.tocsin.publications;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffMember;
import org.tocsin.publications.SubmissionRepository.Submission;

/**
 * Looks through what was handed in, one text a round, some time afterwards. It changes nothing at
 * the issue and nothing that its editor can see; where many of one person's texts name somebody, it
 * alarms those who keep the house safe.
 */
final class SubmissionLooks {
  /** Different texts of one person within a day. */
  static final int MANY = 5;

  private static final Duration DAY = Duration.ofDays(1);

  private final Issues issues;
  private final LeakCheck check;
  private final LeakAlarms alarms;
  private final SubmissionRepository submissions;

  SubmissionLooks(
      Issues issues, LeakCheck check, LeakAlarms alarms, SubmissionRepository submissions) {
    this.issues = issues;
    this.check = check;
    this.alarms = alarms;
    this.submissions = submissions;
  }

  /** Whether there may be another text to look through. */
  boolean round() {
    Optional<Submission> next = submissions.next(issues.database);
    next.ifPresent(this::look);
    return next.isPresent();
  }

  private void look(Submission submission) {
    int found = check.found(submission.words());
    List<StaffMember> guards = alarms.guards();
    issues.database.inTransaction(
        tx -> {
          Instant now = issues.now();
          if (submissions.looked(tx, submission, found)
              && submissions.hits(tx, submission.staff(), now.minus(DAY)) >= MANY
              && submissions.alarm(tx, submission.staff(), now, now.minus(DAY))) {
            alarms.send(tx, guards, submission.staff(), now);
          }
        });
  }
}
