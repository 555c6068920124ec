package org.tocsin.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.alerts.AlertFixture.draft;
import static org.tocsin.testing.Refusals.code;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Progress;
import org.tocsin.correspondents.Circle;
import org.tocsin.release.ReleaseOrder.Mode;

class DrillTest {
  private final AlertFixture fixture = new AlertFixture();
  private final Drill drill = new Drill(fixture.alerts, fixture.engine.broadcasts);

  @AfterEach
  void close() {
    fixture.close();
  }

  private Alert exercise() {
    return fixture.alerts.create(
        Optional.empty(), Mode.EXERCISE, draft(), fixture.officer, fixture.words);
  }

  @Test
  void anApprovedExerciseIsSentToThoseWhoPractiseAndStopped() {
    fixture.correspondents(2);
    fixture.member(Circle.DRILL, "d1@hub.example");
    fixture.member(Circle.DRILL, "d2@hub.example");
    Alert exercise = fixture.approved(exercise().id());
    fixture.engine.start();
    Drill.Result result = drill.run(fixture.releaser, Duration.ofSeconds(90));
    assertThat(result.members()).isEqualTo(2);
    assertThat(result.told()).isEqualTo(2);
    assertThat(result.alert().settled()).isEqualTo(2);
    assertThat(result.alert().all()).isGreaterThanOrEqualTo(result.alert().most());
    assertThat(fixture.state(exercise)).isEqualTo(AlertState.STOPPED);
    assertThat(fixture.engine.channel.arrived.keySet())
        .containsExactlyInAnyOrder("d1@hub.example", "d2@hub.example");
  }

  @Test
  void aDrillThatReachesNobodyIsNoSuccess() {
    fixture.engine.start();
    fixture.approved(exercise().id());
    assertThatThrownBy(() -> drill.run(fixture.releaser, Duration.ofSeconds(20)))
        .satisfies(code("nobody_reached"));
  }

  @Test
  void withoutTwoPeopleThereIsNoDrill() {
    fixture.alerts.submit(exercise().id(), fixture.officer, fixture.words);
    assertThatThrownBy(() -> drill.run(fixture.releaser, Duration.ofSeconds(5)))
        .satisfies(code("no_exercise"));
  }

  @Test
  void whereNobodySendsItSaysSoAndLeavesNothingUnderWay() {
    fixture.member(Circle.DRILL, "d1@hub.example");
    Alert exercise = fixture.approved(exercise().id());
    assertThatThrownBy(() -> drill.run(fixture.releaser, Duration.ofMillis(300)))
        .satisfies(code("nobody_sends"));
    assertThat(fixture.state(exercise)).isEqualTo(AlertState.STOPPED);
    assertThat(fixture.email(exercise).state()).isEqualTo(Progress.State.STOPPED);
  }
}
