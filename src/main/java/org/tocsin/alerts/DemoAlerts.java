package org.tocsin.alerts;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tocsin.access.StaffId;
import org.tocsin.broadcasts.DemoLedger;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.Cases;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.DemoWords;
import org.tocsin.cases.WorkState;
import org.tocsin.correspondents.Circle;
import org.tocsin.platform.language.Messages;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * Twelve invented alerts for a demonstration, one in every state and one stopped in mid-send. They
 * go the way of every alert, by three people; only nothing is sent. Each holds words of its own
 * that stand nowhere else ({@link #canaries}).
 */
public final class DemoAlerts {
  private static final int FIRST_WORD = 1_000;
  private static final int WORDS = 5;
  private static final int ALERTS = 12;
  private static final int ALL = 1_000_000;
  private static final int STOPPED_AFTER = 78;

  private final Cases cases;
  private final DemoLedger ledger;
  private final Alerts alerts;
  private final Past clock;
  private final Messages words;
  private int number;

  /** Time as it was when something was done. */
  public static final class Past implements InstantSource {
    private final InstantSource clock;
    private Duration ago = Duration.ZERO;

    public Past(InstantSource clock) {
      this.clock = clock;
    }

    @Override
    public Instant instant() {
      return clock.instant().minus(ago);
    }
  }

  /** Who does what. */
  public record People(StaffId officer, StaffId approver, StaffId releaser) {}

  /**
   * @param alerts over {@code clock}
   */
  public DemoAlerts(Cases cases, DemoLedger ledger, Alerts alerts, Past clock, Messages words) {
    this.cases = cases;
    this.ledger = ledger;
    this.alerts = alerts;
    this.clock = clock;
    this.words = words;
  }

  /** Every word that must never leave the desk and the portal. */
  public static List<String> canaries() {
    return IntStream.range(0, (ALERTS + 1) * WORDS)
        .mapToObj(one -> DemoWords.word(FIRST_WORD + one))
        .toList();
  }

  /** Does nothing where there is any alert already. */
  public void write(People people) {
    if (!alerts.visibleTo(people.officer(), Long.MAX_VALUE, 1).isEmpty()) {
      return;
    }
    List<CaseFile> some = casesToTellOf(people.officer());
    clock.ago = Duration.ofHours(5);
    create(some.get(0), people);
    alerts.submit(create(some.get(1), people).id(), people.officer(), words);
    approved(some.get(2), people);
    release(approved(some.get(3), people), people, Duration.ofDays(2));

    clock.ago = Duration.ofHours(1);
    Alert underWay = release(approved(some.get(4), people), people, Duration.ZERO);
    sent(underWay, 50);
    alerts.sendings(underWay.chain().id()).stream()
        .filter(Sending::email)
        .forEach(one -> ledger.putOff(one.broadcast()));

    clock.ago = Duration.ofDays(3);
    sent(release(approved(some.get(5), people), people, Duration.ZERO), ALL);
    Alert followed = release(approved(some.get(6), people), people, Duration.ZERO);
    sent(followed, ALL);
    Alert expired = approve(createUntil(some.get(7), people, clock.ago.minusDays(1)), people);
    sent(release(expired, people, Duration.ZERO), ALL);
    Alert closed = release(approved(some.get(8), people), people, Duration.ZERO);
    sent(closed, ALL);
    Alert stopped = release(approved(some.get(9), people), people, Duration.ZERO);
    sent(stopped, STOPPED_AFTER);
    stop(stopped, people);
    Alert held = release(approved(some.get(10), people), people, Duration.ofMinutes(10));
    alerts.hold(held.id(), people.releaser());
    practice(people);

    clock.ago = Duration.ofDays(1);
    Alert update = alerts.update(followed.id(), text(LocalDate.MAX), people.officer(), words);
    sent(release(approve(update, people), people, Duration.ZERO), ALL);
    alerts.close(
        closed.id(), "Told in " + word() + " that he is at home.", people.officer(), words);
    clock.ago = Duration.ZERO;
  }

  /** Whoever answers for them lets both circles be told. */
  private List<CaseFile> casesToTellOf(StaffId officer) {
    return cases.visibleTo(officer, Optional.of(WorkState.ACTIVE), Long.MAX_VALUE, 100).stream()
        .filter(one -> cases.obstacles(one.id(), ConsentScope.NETWORK_ALERT).isEmpty())
        .toList();
  }

  /** Approved, so that a drill can begin at once. */
  private void practice(People people) {
    AlertDraft draft = text(LocalDate.MAX);
    Alert exercise = alerts.create(Optional.empty(), Mode.EXERCISE, draft, people.officer(), words);
    approve(exercise, people);
  }

  private Alert create(CaseFile about, People people) {
    return createUntil(about, people, Duration.ofDays(-21));
  }

  /** To be acted on until that long ago. */
  private Alert createUntil(CaseFile about, People people, Duration ago) {
    LocalDate day = UtcDay.of(clock.clock.instant().minus(ago));
    return alerts.create(Optional.of(about.id()), Mode.ACTUAL, text(day), people.officer(), words);
  }

  private Alert approved(CaseFile about, People people) {
    return approve(create(about, people), people);
  }

  private Alert approve(Alert alert, People people) {
    alerts.submit(alert.id(), people.officer(), words);
    return alerts.approve(alert.id(), people.approver(), Optional.empty());
  }

  private Alert release(Alert alert, People people, Duration lastLook) {
    return alerts
        .release(alert.id(), people.releaser(), Optional.empty(), Optional.of(lastLook))
        .alert();
  }

  private void stop(Alert alert, People people) {
    alerts.stop(alert.id(), StopReason.FAMILY_OR_LAWYER_ASKED, people.officer());
    alerts.chain(alert.chain().id()).stream()
        .filter(one -> one.type() == AlertType.STOP)
        .forEach(one -> sent(one, ALL));
    alerts.confirmStop(alert.id(), people.approver());
  }

  private void sent(Alert alert, int many) {
    alerts.sendings(alert.chain().id()).stream()
        .filter(one -> one.alert().equals(alert.id()))
        .forEach(one -> ledger.sent(one.broadcast(), many));
  }

  private String word() {
    return DemoWords.word(FIRST_WORD + number++);
  }

  private AlertDraft text(LocalDate actBy) {
    number = (number + WORDS - 1) / WORDS * WORDS;
    return new AlertDraft(
        AlertKind.ACTION,
        Urgency.EXPECTED,
        Severity.SEVERE,
        Certainty.OBSERVED,
        Set.of(Circle.CORRESPONDENT, Circle.NETWORK),
        true,
        actBy.equals(LocalDate.MAX) ? Optional.empty() : Optional.of(actBy),
        new AlertText(
            "Ask for the release of Dr " + word(),
            "Held since the spring in the prison of "
                + word()
                + ". No charge was read out, and no lawyer was let in.",
            "Write to the minister and to the court. A short letter in your own words helps most.",
            "Be courteous. Say what you work on yourself.",
            "Do not write to the family, and do not name the village of " + word() + ".",
            "The embassy in your country",
            "Published on the water of " + word() + ", and taught there for twenty years.",
            "International Covenant on Civil and Political Rights, articles 9 and 14",
            "Tell us here what you sent and what came back.",
            "In detention, no charge"),
        List.of(
            new Target(
                "Minister of Justice",
                "Ministry of Justice",
                "1 Court Square\nExampleton XN 10001\nNorvania",
                "minister@justice.norvania.example",
                "Your Excellency",
                "en",
                ""),
            new Target(
                "President of the Supreme Court",
                "Supreme Court",
                "3 Court Square\nExampleton XN 10001\nNorvania",
                "",
                "Monsieur le Président",
                "fr",
                "Mr President")),
        List.of(
            new ModelLetter(
                "en",
                "A colleague in detention",
                "{{salutation}}\n\n"
                    + "I write to you about a colleague who is held without charge. I ask you to"
                    + " see that a court hears the case, or that my colleague goes free.\n\n"
                    + "Respectfully,\n\n"
                    + "{{name}}"),
            new ModelLetter(
                "fr",
                "Un collègue en détention",
                "{{salutation}}\n\n"
                    + "Je vous écris au sujet d’un collègue détenu sans inculpation. Je vous prie"
                    + " de veiller à ce qu’un tribunal l’entende, ou qu’il soit remis en"
                    + " liberté.\n\n"
                    + "Avec respect,\n\n"
                    + "{{name}}")));
  }
}
