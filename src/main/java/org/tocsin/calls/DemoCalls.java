package org.tocsin.calls;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.DemoLedger;
import org.tocsin.cases.DemoWords;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.language.Messages;

/**
 * Four invented calls for a demonstration: one in review, one open, one filled and one closed, with
 * answers. They go the way of every call, by three people; only nothing is sent. Each holds words
 * of its own that stand nowhere else ({@link #canaries}).
 */
public final class DemoCalls {
  private static final int FIRST_WORD = 1_200;
  private static final int WORDS = 4;
  private static final int CALLS = 4;
  private static final int ALL = 1_000_000;

  private final Calls calls;
  private final CallReadings readings;
  private final DemoLedger ledger;
  private final List<Member> volunteers;
  private final Instant now;
  private final Messages words;
  private int number;

  /** Who does what. */
  public record People(StaffId officer, StaffId approver, StaffId releaser) {}

  /**
   * @param calls over a clock that lies some days back
   * @param readings over a clock that lies behind that one
   * @param volunteers those of them who are active
   */
  public DemoCalls(
      Calls calls,
      CallReadings readings,
      DemoLedger ledger,
      List<Member> volunteers,
      Instant now,
      Messages words) {
    this.calls = calls;
    this.readings = readings;
    this.ledger = ledger;
    this.volunteers = volunteers;
    this.now = now;
    this.words = words;
  }

  /** Every word that must never leave the desk and the portal. */
  public static List<String> canaries() {
    return IntStream.range(0, CALLS * WORDS)
        .mapToObj(one -> DemoWords.word(FIRST_WORD + one))
        .toList();
  }

  /** Does nothing where there is any call already. */
  public void write(People people) {
    if (!calls.newest(Long.MAX_VALUE, 1).isEmpty()) {
      return;
    }
    Call closed = released(draft("A training day in ", "training", 1, Duration.ofDays(3)), people);
    answer(closed, true, 1);
    calls.close(closed.id(), CloseReason.FOUND, people.officer());

    Call filled =
        released(
            draft("An interpreter for a hearing in ", "interpreting", 1, Duration.ofDays(4)),
            people);
    answer(filled, false, 1);
    answer(filled, true, 1);

    Call open =
        released(
            draft("A physical evaluation in ", "physical-evaluation", 2, Duration.ofDays(9)),
            people);
    answer(open, true, 1);
    answer(open, false, 2);

    Call review =
        calls.create(
            draft("An affidavit for ", "medico-legal-affidavit", 1, Duration.ofDays(14)),
            people.officer(),
            words);
    calls.submit(review.id(), people.officer());
  }

  private Call released(CallDraft draft, People people) {
    Call call = calls.create(draft, people.officer(), words);
    calls.submit(call.id(), people.officer());
    calls.approve(call.id(), people.approver(), Optional.empty());
    Call released = calls.release(call.id(), people.releaser());
    ledger.sent(released.sent().orElseThrow().broadcast(), ALL);
    return released;
  }

  /** So many of its volunteers who have not answered yet. */
  private void answer(Call call, boolean can, int many) {
    volunteers.stream()
        .filter(one -> one.areas().stream().anyMatch(call.draft().areas()::contains))
        .filter(one -> readings.get(one, call.reference()).own().isEmpty())
        .limit(many)
        .forEach(
            one ->
                readings.answer(
                    one,
                    call.reference(),
                    can
                        ? new AnswerDraft(true, "By the coach from " + word(3), "Any weekday")
                        : new AnswerDraft(false, "", ""),
                    words));
  }

  /** The last call's own. */
  private String word(int place) {
    return DemoWords.word(FIRST_WORD + (number - 1) * WORDS + place);
  }

  private CallDraft draft(String title, String area, int needed, Duration left) {
    number++;
    return new CallDraft(
        title + word(0),
        "An applicant has been staying near "
            + word(1)
            + " since the spring, and a court wants to hear of it before the month is over.\n\n"
            + "It takes half a day. A room is lent by the clinic at "
            + word(2)
            + "; travel is paid.",
        List.of(area, "remote-evaluation"),
        needed,
        now.plus(left),
        List.of("ar", "fr"));
  }
}
