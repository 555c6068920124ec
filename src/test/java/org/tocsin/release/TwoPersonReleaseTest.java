package org.tocsin.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;
import org.tocsin.access.StaffId;
import org.tocsin.platform.errors.HubException;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestStaff;

/**
 * Whatever four people do in whatever order: what is released, a person who never edited it had
 * approved in exactly the form last written; and what is so approved can be released.
 */
class TwoPersonReleaseTest {
  private static final TestHub hub = new TestHub();
  private static final Releases releases = new Releases(hub.clock);
  private static final List<StaffId> people =
      List.of(TestStaff.add(hub, "anna"), TestStaff.add(hub, "bela"), TestStaff.add(hub, "cleo"));
  private static final AtomicInteger subjects = new AtomicInteger();

  @AfterContainer
  static void close() {
    hub.close();
  }

  /** {@code text} is one of two, so that editing back and forth happens all the time. */
  record Step(Verb verb, StaffId who, String text) {}

  enum Verb {
    EDIT,
    APPROVE,
    TAKE_BACK,
    RELEASE
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Verb> verbs =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(3, Verb.EDIT),
            net.jqwik.api.Tuple.of(6, Verb.APPROVE),
            net.jqwik.api.Tuple.of(1, Verb.TAKE_BACK),
            net.jqwik.api.Tuple.of(5, Verb.RELEASE));
    return Combinators.combine(verbs, Arbitraries.of(people), Arbitraries.of("a", "a", "b"))
        .as(Step::new)
        .list()
        .ofMinSize(3)
        .ofMaxSize(16);
  }

  @Property
  void nothingIsReleasedThatASecondPersonDidNotApproveAsLastWritten(
      @ForAll("steps") List<Step> steps) {
    Story story = new Story("item:" + subjects.incrementAndGet());
    steps.forEach(story::take);
    Statistics.label("released")
        .collect(story.released > 0)
        .coverage(seen -> seen.check(true).percentage(share -> share > 4));
  }

  /** One subject, beside a plain memory of what happened to it. */
  private static final class Story {
    private final String subject;
    private final Set<StaffId> editors = new HashSet<>();
    private final List<ApprovalId> approvals = new ArrayList<>();
    private String written = "";
    private Optional<ApprovalId> good = Optional.empty();
    private boolean approvedOnce;
    private int released;

    Story(String subject) {
      this.subject = subject;
    }

    void take(Step step) {
      switch (step.verb()) {
        case EDIT -> edit(step);
        case APPROVE -> approve(step);
        case TAKE_BACK -> takeBack(step);
        case RELEASE -> release(step);
      }
    }

    private void edit(Step step) {
      hub.hub.inTransaction(tx -> releases.edited(tx, subject, step.who(), hash(step.text())));
      editors.add(step.who());
      written = step.text();
      good = Optional.empty();
      approvedOnce = false;
    }

    private void approve(Step step) {
      boolean may =
          !editors.isEmpty()
              && !editors.contains(step.who())
              && written.equals(step.text())
              && !approvedOnce;
      Optional<ApprovalId> approval =
          tried(
              () ->
                  hub.hub.transaction(
                      tx -> releases.approve(tx, subject, step.who(), hash(step.text()))));
      assertThat(approval.isPresent()).isEqualTo(may);
      approval.ifPresent(
          given -> {
            approvals.add(given);
            good = approval;
            approvedOnce = true;
          });
    }

    private void takeBack(Step step) {
      good.ifPresent(
          approval -> hub.hub.inTransaction(tx -> releases.revoke(tx, approval, step.who())));
      good = Optional.empty();
    }

    /** Everybody tries every approval there ever was, the newest first. */
    private void release(Step step) {
      for (ApprovalId approval : approvals.reversed()) {
        boolean done =
            tried(
                    () ->
                        hub.hub.transaction(
                            tx ->
                                releases.release(
                                    tx,
                                    new ReleaseOrder(
                                        approval,
                                        new JsonObject().put("email", new JsonObject()),
                                        hub.clock.instant(),
                                        ReleaseOrder.Mode.ACTUAL),
                                    step.who())))
                .isPresent();
        assertThat(done).isEqualTo(good.equals(Optional.of(approval)));
        if (done) {
          released++;
          good = Optional.empty();
        }
      }
    }

    private static <T> Optional<T> tried(java.util.function.Supplier<T> attempt) {
      try {
        return Optional.of(attempt.get());
      } catch (HubException.Forbidden | HubException.Conflict refused) {
        return Optional.empty();
      }
    }
  }

  private static ContentHash hash(String text) {
    return new ContentHash.Canon("test").field("text", text).hash();
  }
}
