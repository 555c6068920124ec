package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.AccessFixture.browser;
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
    assertThat(access.signIn.look(token, "")).isEqualTo(LinkStanding.WORKS);
    assertThat(access.signIn.look(token, "")).isEqualTo(LinkStanding.WORKS);

    SignIn.Opened opened = access.byPrinted(token).orElseThrow();

    assertThat(opened.session().staff()).isEqualTo(ada);
    assertThat(access.signIn.look(token, "")).isEqualTo(LinkStanding.OVER);
    assertThat(access.byPrinted(token)).isEmpty();
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
    assertThat(access.signIn.look(token, "")).isEqualTo(LinkStanding.OVER);
    assertThat(access.byPrinted(token)).isEmpty();
    assertThat(access.byPrinted("")).isEmpty();
    assertThat(access.byPrinted(token + "x")).isEmpty();
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
                  return access.byPrinted(token).isPresent();
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
    access.links.request(" ADA@a.example", false, browser("192.0.2.7", "her browser"));
    assertThat(access.mailed).isEmpty();
    assertThat(access.links.round()).isFalse();
    assertThat(access.mailed).singleElement().satisfies(m -> assertThat(m.to()).isEqualTo(ADA));
    assertThat(access.links.round()).isFalse();
    assertThat(access.mailed).hasSize(1);

    String token = access.mailed.getFirst().token();
    access.hub.clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(access.signIn.look(token, "her browser")).isEqualTo(LinkStanding.WORKS);
    access.hub.clock.advance(Duration.ofMillis(1));
    assertThat(access.signIn.byLink(token, "her browser")).isEmpty();
  }

  @Test
  void knownAndUnknownLeaveTheSameTraceUntilTheAnswerWasGiven() {
    access.add(ADA, APPROVER);
    List<String> before = access.audited();
    access.links.request(ADA, false, OFFICE);
    String known = traces();
    access.links.round();
    access.hub.clock.advance(Duration.ofMinutes(16));
    access.hub.hub.run("DELETE FROM access.attempt");
    access.links.request("eve@a.example", false, OFFICE);
    assertThat(traces()).isEqualTo(known).contains("1 1 1");
    assertThat(access.audited()).hasSize(before.size() + 1);
    access.links.round();
    assertThat(access.mailed).hasSize(1);
    assertThat(traces()).contains("1 0 1");
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
  void strangersTogetherCauseFiveLettersADayAndTheLastOpensInAnyBrowser() {
    access.add(ADA, APPROVER);
    for (int i = 0; i < 20; i++) {
      access.links.request(ADA, false, browser("198.51." + i + ".1", "attacker " + i));
    }
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS);
    assertThat(access.mailed.subList(0, 4)).noneMatch(one -> one.link().anywhere());
    String last = access.mailed.getLast().token();
    assertThat(access.signIn.look(access.mailed.getFirst().token(), "her browser"))
        .isEqualTo(LinkStanding.OTHER_BROWSER);
    assertThat(access.signIn.byLink(access.mailed.getFirst().token(), "her browser")).isEmpty();

    access.hub.clock.advance(Duration.ofHours(23));
    assertThat(access.signIn.look(last, "her browser")).isEqualTo(LinkStanding.WORKS);
    assertThat(access.signIn.byLink(last, "her browser")).isPresent();
    assertThat(access.signIn.byLink(last, "her browser")).isEmpty();
  }

  @Test
  void oneNetworkLeavesALetterForAnotherAndCannotUseUpTheOwners() {
    StaffMember ada = access.add(ADA, APPROVER);
    Asker hers = access.marked(browser("192.0.2.7", "her browser"), ada);
    for (int i = 0; i < 20; i++) {
      access.links.request(ADA, false, browser("198.51.100.1", "attacker"));
    }
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS - 1);
    assertThat(access.mailed.getLast().link().anywhere()).isTrue();

    access.links.request(ADA, false, browser("192.0.2.7", "an unmarked browser of hers"));
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS);
    access.links.request(ADA, false, browser("192.0.2.7", "an unmarked browser of hers"));
    access.links.round();
    assertThat(access.mailed).as("no more than five").hasSize(AccessFixture.STRANGERS);

    access.links.request(ADA, false, hers);
    access.links.round();
    assertThat(access.mailed).as("at once").hasSize(AccessFixture.STRANGERS + 1);
    assertThat(access.mailed.getLast().link().anywhere()).isFalse();
    assertThat(access.signIn.byLink(access.mailed.getLast().token(), "her browser")).isPresent();
  }

  @Test
  void whoUsedTheLastLetterOrEndedItGetsAnother() {
    StaffMember ada = access.add(ADA, APPROVER);
    for (int i = 0; i < 20; i++) {
      access.links.request(ADA, false, browser("198.51." + i + ".1", "attacker"));
    }
    access.links.round();
    assertThat(access.signIn.byLink(access.mailed.getLast().token(), "her browser")).isPresent();
    access.links.request(ADA, false, browser("192.0.2.7", "another browser of hers"));
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS + 1);
    assertThat(access.mailed.getLast().link().anywhere()).isTrue();

    access.signIn.signOutEverywhere(ada);
    access.links.request(ADA, false, browser("192.0.2.7", "another browser of hers"));
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS + 2);
    assertThat(access.signIn.byLink(access.mailed.getLast().token(), "any")).isPresent();
  }

  @Test
  void aMarkOfSomebodyElseIsAStrangers() {
    access.add(ADA, APPROVER);
    StaffMember bob = access.add("bob@a.example", APPROVER);
    Asker his = access.marked(browser("198.51.100.1", "his browser"), bob);
    for (int i = 0; i < 20; i++) {
      access.links.request(ADA, false, his);
    }
    access.links.round();
    assertThat(access.mailed).hasSize(AccessFixture.STRANGERS - 1);
  }

  @Test
  void aMarkDrawnAnewIsNoNewBudgetAndOfSomebodyElseGivesNothing() {
    StaffMember ada = access.add(ADA, APPROVER);
    StaffMember bob = access.add("bob@a.example", APPROVER);
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      try {
        access.links.request(
            i < 20 ? "guess" + i + "@a.example" : ADA, false, access.marked(OFFICE, bob));
      } catch (TooMany full) {
        refused++;
      }
    }
    access.links.round();
    assertThat(refused).isEqualTo(60 - 20 - 20);
    assertThat(access.mailed).as("his network is used up").isEmpty();
    access.links.request(ADA, false, access.marked(OFFICE, ada));
    access.links.round();
    assertThat(access.mailed).as("her own, from that network").hasSize(1);
  }

  @Test
  void oneNetworkCannotAskForEverybodyAndIsToldSoWhateverTheAddress() {
    StaffMember ada = access.add(ADA, APPROVER);
    for (int i = 0; i < LinkGate.WISHES; i++) {
      access.links.request("guess" + i + "@a.example", false, AccessFixture.from("192.0.2.9"));
    }
    List<String> answers = new ArrayList<>();
    for (String address : List.of(ADA, "eve@a.example")) {
      assertThatThrownBy(() -> access.links.request(address, false, OFFICE))
          .isInstanceOfSatisfying(
              TooMany.class, many -> answers.add(many.code() + many.getMessage()));
    }
    assertThat(answers.getFirst()).isEqualTo(answers.getLast());
    access.links.request(ADA, false, access.marked(OFFICE, ada));
    access.links.round();
    assertThat(access.mailed).hasSize(1);
  }

  @Test
  void aCodeWorksInTheBrowserThatAskedOnceAndForTenMinutes() {
    StaffMember ada = access.add(ADA, APPROVER);
    access.links.request(ADA, false, browser("192.0.2.7", "her browser"));
    access.links.round();
    String code = access.mailed.getFirst().link().code();
    assertThat(code).matches("[2-9A-Z]{8}");
    assertThat(access.signIn.byCode(code, "another browser")).isEmpty();
    assertThat(access.signIn.byCode(code, "")).isEmpty();
    String typed =
        code.substring(0, 4).toLowerCase(java.util.Locale.ROOT) + " -" + code.substring(4);
    assertThat(access.signIn.byCode(typed, "her browser"))
        .hasValueSatisfying(in -> assertThat(in.session().staff()).isEqualTo(ada));
    assertThat(access.signIn.byCode(code, "her browser")).isEmpty();
    assertThat(access.signIn.byLink(access.mailed.getFirst().token(), "her browser")).isEmpty();

    access.links.request(ADA, false, browser("192.0.2.7", "her browser"));
    access.links.round();
    access.hub.clock.advance(Duration.ofMinutes(10));
    assertThat(access.signIn.byCode(access.mailed.getLast().link().code(), "her browser"))
        .isEmpty();
  }

  @Test
  void aCodeTakesFiveTriesAndTheLinkBesideItStillWorks() {
    access.add(ADA, APPROVER);
    access.links.request(ADA, false, browser("192.0.2.7", "her browser"));
    access.links.round();
    for (int i = 0; i < LetterCode.TRIES; i++) {
      assertThat(access.signIn.byCode("2222222" + (i + 2), "her browser")).isEmpty();
    }
    MailedLink link = access.mailed.getFirst().link();
    assertThat(access.signIn.byCode(link.code(), "her browser")).isEmpty();
    assertThat(access.signIn.byLink(link.token(), "her browser")).isPresent();
  }

  @Test
  void aMailedLinkReplacesNoPasswordUnlessThatWasAsked() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    Asker hers = browser("192.0.2.7", "her browser");
    access.links.request(ADA, false, hers);
    access.links.request(ADA, true, hers);
    access.links.round();
    String plain = in(access.mailed.getFirst().token());
    String reset = in(access.mailed.getLast().token());
    assertThat(access.ownPassword.presentNeeded(plain)).isTrue();
    assertThat(access.ownPassword.presentNeeded(reset)).isFalse();
    assertThat(access.ownPassword.change(reset, "", "a different bell")).isNotNull();

    for (int i = 0; i < 20; i++) {
      access.links.request(ADA, true, browser("198.51." + i + ".1", "attacker"));
    }
    access.links.round();
    MailedLink anywhere = access.mailed.getLast().link();
    assertThat(anywhere.anywhere()).isTrue();
    assertThat(access.ownPassword.presentNeeded(in(anywhere.token())))
        .as("what opens anywhere replaces nothing")
        .isTrue();
    assertThat(ada.email()).isEqualTo(ADA);
  }

  private String in(String token) {
    return access.signIn.byLink(token, "her browser").orElseThrow().secret();
  }

  @Test
  void aWishThatWaitedTooLongIsForgotten() {
    access.add(ADA, APPROVER);
    access.links.request(ADA, false, OFFICE);
    access.hub.clock.advance(Duration.ofMinutes(15));
    access.links.round();
    assertThat(access.mailed).isEmpty();
    access.links.request(ADA, false, OFFICE);
    access.hub.clock.advance(Duration.ofMinutes(15));
    assertThat(access.links.forgetExpired()).isEqualTo(1);
  }

  @Test
  void whoLeftGetsNoLink() {
    StaffMember ada = access.add(ADA, APPROVER);
    access.links.request(ADA, false, OFFICE);
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
            access.marks,
            access.budget,
            access.hub.audit,
            access.hub.bus,
            access.hub.clock,
            (tx, to, link) -> {
              if (broken.get() && to.email().equals(ADA)) {
                throw new IllegalStateException("no post today");
              }
              sent.add(to.email());
            });
    links.request(ADA, false, OFFICE);
    links.request("bob@a.example", false, OFFICE);
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
    access.links.request(ADA, false, OFFICE);
    org.tocsin.testing.Eventually.eventually("the doorbell rings", rung::get);
  }
}
