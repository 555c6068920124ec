package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.Role.APPROVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException.TooMany;

class SignInLinksTest {
  private static final String ADA = "ada@a.example";

  private final AccessFixture access = new AccessFixture();

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void aPrintedLinkWorksOnceWithinADay() {
    StaffMember ada = access.add(ADA, APPROVER);
    String token = access.links.print("system", ada);
    access.hub.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(access.signIn.linkWorks(token)).isTrue();
    assertThat(access.signIn.linkWorks(token)).isTrue();

    SignIn.Opened opened = access.signIn.byLink(token).orElseThrow();

    assertThat(opened.session().staff()).isEqualTo(ada);
    assertThat(access.signIn.linkWorks(token)).isFalse();
    assertThat(access.signIn.byLink(token)).isEmpty();
    assertThat(access.audited())
        .containsSequence(
            "system sign_in_link.issued staff:1 {\"by\":\"print\"}",
            "staff:1 session.opened staff:1 {\"by\":\"link\"}");
  }

  @Test
  void anOldLinkAndAForgedOneOpenNothing() {
    StaffMember ada = access.add(ADA, APPROVER);
    String token = access.links.print("system", ada);
    access.hub.clock.advance(Duration.ofHours(24));
    assertThat(access.signIn.linkWorks(token)).isFalse();
    assertThat(access.signIn.byLink(token)).isEmpty();
    assertThat(access.signIn.byLink("")).isEmpty();
    assertThat(access.signIn.byLink(token + "x")).isEmpty();
  }

  @Test
  void ofManyWhoUseALinkAtOnceOneGetsIn() throws Exception {
    String token = access.links.print("system", access.add(ADA, APPROVER));
    CountDownLatch start = new CountDownLatch(1);
    int in = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> uses = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        uses.add(
            threads.submit(
                () -> {
                  start.await();
                  return access.signIn.byLink(token).isPresent();
                }));
      }
      start.countDown();
      for (Future<Boolean> use : uses) {
        in += use.get() ? 1 : 0;
      }
    }
    assertThat(in).isEqualTo(1);
  }

  @Test
  void aLinkAskedForByMailGoesToItsOwnerAndLastsAQuarterOfAnHour() {
    access.add(ADA, APPROVER);
    access.links.request(" ADA@a.example", OFFICE);
    assertThat(access.mailed).isEmpty();
    assertThat(access.links.round()).isFalse();
    assertThat(access.mailed).singleElement().satisfies(m -> assertThat(m.to()).isEqualTo(ADA));
    assertThat(access.links.round()).isFalse();
    assertThat(access.mailed).hasSize(1);

    String token = access.mailed.getFirst().token();
    access.hub.clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(access.signIn.linkWorks(token)).isTrue();
    access.hub.clock.advance(Duration.ofMillis(1));
    assertThat(access.signIn.byLink(token)).isEmpty();
  }

  @Test
  void knownAndUnknownLeaveTheSameTraceUntilTheAnswerWasGiven() {
    access.add(ADA, APPROVER);
    List<String> before = access.audited();
    access.links.request(ADA, OFFICE);
    String known = traces();
    access.links.round();
    access.hub.clock.advance(Duration.ofMinutes(16));
    access.hub.hub.run("DELETE FROM access.attempt");
    access.links.request("eve@a.example", OFFICE);
    assertThat(traces()).isEqualTo(known).contains("1 1 2");
    assertThat(access.audited()).hasSize(before.size() + 1);
    access.links.round();
    assertThat(access.mailed).hasSize(1);
    assertThat(traces()).contains("1 0 2");
  }

  private String traces() {
    return access.hub.hub.get(
        """
        SELECT (SELECT count(*) FROM access.staff) || ' ' || (SELECT count(*) FROM access.link_request)
          || ' ' || (SELECT count(*) FROM access.attempt) AS n
        """,
        row -> row.getString("n"));
  }

  @Test
  void nobodysMailboxIsFlooded() {
    access.add(ADA, APPROVER);
    for (int i = 0; i < 10; i++) {
      access.links.request(ADA, "198.51.100." + i);
    }
    access.links.round();
    assertThat(access.mailed).hasSize(SignInLinks.MAILS_PER_ADDRESS);
    access.hub.clock.advance(Duration.ofMinutes(15));
    access.links.request(ADA, OFFICE);
    access.links.round();
    assertThat(access.mailed).hasSize(SignInLinks.MAILS_PER_ADDRESS + 1);
  }

  @Test
  void oneSourceCannotAskForEverybody() {
    for (int i = 0; i < SignInLinks.MAILS_PER_SOURCE; i++) {
      access.links.request("guess" + i + "@a.example", OFFICE);
    }
    assertThatThrownBy(() -> access.links.request(ADA, OFFICE)).isInstanceOf(TooMany.class);
  }

  @Test
  void aWishThatWaitedTooLongIsForgotten() {
    access.add(ADA, APPROVER);
    access.links.request(ADA, OFFICE);
    access.hub.clock.advance(Duration.ofMinutes(15));
    access.links.round();
    assertThat(access.mailed).isEmpty();
    access.links.request(ADA, OFFICE);
    access.hub.clock.advance(Duration.ofMinutes(15));
    assertThat(access.links.forgetExpired()).isEqualTo(1);
  }

  @Test
  void whoLeftGetsNoLink() {
    StaffMember ada = access.add(ADA, APPROVER);
    access.links.request(ADA, OFFICE);
    access.staff.end("system", ada.id());
    access.links.round();
    assertThat(access.mailed).isEmpty();
  }

  @Test
  void aLetterThatCannotBeQueuedMakesNoLinkIsTriedAgainAndHoldsUpNobody() {
    access.add(ADA, APPROVER);
    access.staff.add("system", "bob@a.example", "Bob", Set.of(APPROVER));
    AtomicBoolean broken = new AtomicBoolean(true);
    List<String> sent = new ArrayList<>();
    SignInLinks links =
        new SignInLinks(
            access.hub.hub,
            access.staff,
            access.hub.keyring.sealer(),
            access.hub.keyring.lookup(),
            access.hub.audit,
            access.hub.bus,
            access.hub.clock,
            (tx, to, token, expires) -> {
              if (broken.get() && to.email().equals(ADA)) {
                throw new IllegalStateException("no post today");
              }
              sent.add(to.email());
            });
    links.request(ADA, OFFICE);
    links.request("bob@a.example", OFFICE);
    links.round();
    assertThat(sent).containsExactly("bob@a.example");
    assertThat(access.rows("sign_in_link")).isEqualTo(1);
    broken.set(false);
    links.round();
    assertThat(sent).containsExactly("bob@a.example", ADA);
  }

  @Test
  void askingRingsTheDoorbell() {
    AtomicBoolean rung = new AtomicBoolean();
    access.hub.bus.on(LinkRequested.TOPIC, news -> rung.set(true));
    access.links.request(ADA, OFFICE);
    org.tocsin.testing.Eventually.eventually("the doorbell rings", rung::get);
  }
}
