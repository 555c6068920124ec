package org.tocsin.web.portal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tocsin.calls.Answer;
import org.tocsin.calls.CallDraft;
import org.tocsin.calls.CallReading;
import org.tocsin.calls.CallReadings;
import org.tocsin.calls.CallState;
import org.tocsin.correspondents.Member;
import org.tocsin.platform.language.Messages;

/** Calls on a volunteer's front page: what waits for an answer or counts on them, what is past. */
public final class CallNotices implements Notices {
  private final CallReadings readings;

  public CallNotices(CallReadings readings) {
    this.readings = readings;
  }

  @Override
  public Board of(Member member, Messages words) {
    List<CallReading> all = readings.of(member);
    return new Board(
        notices(all.stream().filter(CallNotices::isNow), words),
        notices(all.stream().filter(reading -> !isNow(reading)), words));
  }

  /** Not what they declined, nor what asks for nothing any more. */
  private static boolean isNow(CallReading reading) {
    return reading.saidYes()
        ? reading.state().takesAnswers()
        : reading.state() == CallState.OPEN && reading.own().isEmpty();
  }

  private static List<Notice> notices(Stream<CallReading> readings, Messages words) {
    return readings.map(reading -> notice(reading, words)).toList();
  }

  private static Notice notice(CallReading reading, Messages words) {
    String reference = reading.reference().text();
    String title =
        reading
            .words()
            .map(CallDraft::title)
            .orElseGet(() -> words.text("calls.portal.notice.title", reference));
    return new Notice(title, text(reading, words), CallPages.path(reading), Tone.PLAIN);
  }

  private static String text(CallReading reading, Messages words) {
    String until = reading.words().map(draft -> CallPages.time(draft.answerBy(), words)).orElse("");
    String state = "calls.portal.notice." + reading.state().name();
    return Optional.of(state + said(reading.own()))
        .filter(words::has)
        .map(key -> words.text(key, until))
        .orElseGet(() -> words.text(state, until));
  }

  private static String said(Optional<Answer> own) {
    return own.map(answer -> answer.can() ? ".can" : ".cannot").orElse("");
  }
}
