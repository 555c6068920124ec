package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tocsin.access.AccessFixture.OFFICE;
import static org.tocsin.access.AccessFixture.PASSWORD;
import static org.tocsin.access.Role.APPROVER;

import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.TooMany;

class SignInTest {
  private static final String ADA = "ada@a.example";

  private final AccessFixture access = new AccessFixture();
  private final SignIn signIn = access.signIn;

  @AfterEach
  void close() {
    access.close();
  }

  @Test
  void aPasswordOpensASessionThatResumes() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    SignIn.Opened opened = signIn.byPassword(" ADA@a.example ", PASSWORD, OFFICE).orElseThrow();
    assertThat(opened.session().staff()).isEqualTo(ada);
    assertThat(signIn.resume(opened.secret())).contains(opened.session());
    assertThat(signIn.resume("nonsense")).isEmpty();
    assertThat(signIn.resume("")).isEmpty();
    assertThat(access.audited())
        .last()
        .isEqualTo("staff:1 session.opened staff:1 {\"by\":\"password\"}");
  }

  @Test
  void everySignInHasASecretAndAFormTokenOfItsOwn() {
    access.addWithPassword(ADA, APPROVER);
    SignIn.Opened one = open();
    SignIn.Opened two = open();
    assertThat(two.secret()).isNotEqualTo(one.secret());
    assertThat(two.session().csrf()).isNotEqualTo(one.session().csrf());
    assertThat(one.session().csrf()).isNotEqualTo(one.secret());
    assertThat(one.secret()).hasSizeGreaterThanOrEqualTo(43);
  }

  @Test
  void aWrongPasswordAnUnknownAddressAndNoPasswordLookTheSame() {
    access.addWithPassword(ADA, APPROVER);
    access.add("new@a.example", APPROVER);
    assertThat(signIn.byPassword(ADA, "not the password", OFFICE)).isEmpty();
    assertThat(signIn.byPassword("eve@a.example", PASSWORD, OFFICE)).isEmpty();
    assertThat(signIn.byPassword("new@a.example", PASSWORD, OFFICE)).isEmpty();
    assertThat(signIn.byPassword("no address", PASSWORD, OFFICE)).isEmpty();
  }

  @Test
  void anUnknownAddressCostsTheSameWork() {
    access.addWithPassword(ADA, APPROVER);
    long known = leastWork(ADA);
    long unknown = leastWork("eve@a.example");
    assertThat((double) unknown / known).isBetween(0.33, 3.0);
  }

  /** Of the processor: a busy machine takes longer, and does not do more. */
  private long leastWork(String address) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      long before = workOfPasswords();
      assertThat(
              signIn.byPassword(
                  address, "not the password", AccessFixture.from("198.51." + i + ".1")))
          .isEmpty();
      least = Math.min(least, workOfPasswords() - before);
    }
    return least;
  }

  private static long workOfPasswords() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("passwords-"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  @Test
  void whoTriesFiveWrongOnesAtAnAddressMustWaitKnownOrNotAndNobodyElse() {
    access.addWithPassword(ADA, APPROVER);
    List<String> answers = new ArrayList<>();
    for (String address : List.of(ADA, "eve@a.example")) {
      for (int i = 0; i < PasswordGuesses.MOST; i++) {
        assertThat(
                signIn.byPassword(address, "not the password", AccessFixture.from("198.51.100.1")))
            .isEmpty();
        access.hub.clock.advance(Duration.ofSeconds(1));
      }
      assertThatThrownBy(
              () -> signIn.byPassword(address, PASSWORD, AccessFixture.from("198.51.100.2")))
          .isInstanceOfSatisfying(
              TooMany.class, many -> answers.add(many.code() + many.getMessage()));
    }
    assertThat(answers).hasSize(2);
    assertThat(answers.getFirst()).startsWith("too_many_attempts").isEqualTo(answers.getLast());
    assertThat(access.audited())
        .contains(
            "person sign_in.limit_reached staff:1 {}", "person sign_in.limit_reached nobody {}");
    assertThat(signIn.byPassword(ADA, PASSWORD, OFFICE)).as("from elsewhere").isPresent();
    access.hub.clock.advance(Duration.ofMinutes(16));
    assertThat(signIn.byPassword(ADA, PASSWORD, AccessFixture.from("198.51.100.2"))).isPresent();
  }

  @Test
  void strangersNeverLockABrowserOutInWhichTheOwnerCameInBefore() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    Asker hers = access.marked(OFFICE, ada);
    for (int network = 0; network < 60; network++) {
      wrong(ADA, AccessFixture.from("198.51." + network + ".1"));
    }
    for (int i = 0; i < 30; i++) {
      wrong(ADA, OFFICE);
      wrong("guess" + i + "@a.example", OFFICE);
    }
    assertThatThrownBy(() -> signIn.byPassword(ADA, PASSWORD, OFFICE)).isInstanceOf(TooMany.class);
    assertThatThrownBy(() -> signIn.byPassword(ADA, PASSWORD, AccessFixture.from("203.0.113.9")))
        .as("many networks together use up the larger one of the address")
        .isInstanceOf(TooMany.class);
    assertThat(signIn.byPassword(ADA, PASSWORD, hers)).isPresent();
    StaffMember bob = access.addWithPassword("bob@a.example", APPROVER);
    assertThatThrownBy(() -> signIn.byPassword(ADA, PASSWORD, access.marked(OFFICE, bob)))
        .as("another's mark is no mark")
        .isInstanceOf(TooMany.class);
  }

  /** Whether or not it is looked at. */
  private void wrong(String address, Asker asker) {
    try {
      assertThat(signIn.byPassword(address, "not the password", asker)).isEmpty();
    } catch (TooMany tooMany) {
      assertThat(tooMany.code()).isEqualTo("too_many_attempts");
    }
  }

  @Test
  void whatIsRefusedUsesUpNothingOfWhatIsCountedForOthers() {
    access.addWithPassword(ADA, APPROVER);
    for (int i = 0; i < 200; i++) {
      wrong(ADA, AccessFixture.from("198.51.100.1"));
    }
    assertThat(access.rows("attempt")).isEqualTo(3L * PasswordGuesses.MOST);
    assertThat(signIn.byPassword(ADA, PASSWORD, OFFICE)).isPresent();
  }

  @Test
  void theWindowSlides() {
    access.addWithPassword(ADA, APPROVER);
    for (int i = 0; i < PasswordGuesses.MOST; i++) {
      assertThat(signIn.byPassword(ADA, "not the password", OFFICE)).isEmpty();
      access.hub.clock.advance(Duration.ofMinutes(2));
    }
    access.hub.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThatThrownBy(() -> signIn.byPassword(ADA, PASSWORD, OFFICE)).isInstanceOf(TooMany.class);
    access.hub.clock.advance(Duration.ofMillis(1));
    assertThat(signIn.byPassword(ADA, PASSWORD, OFFICE)).isPresent();
  }

  @Test
  void oneNetworkHasTwentyWrongOnesOverAllAddresses() {
    access.addWithPassword(ADA, APPROVER);
    for (int i = 0; i < PasswordGuesses.NETWORK; i++) {
      assertThat(
              signIn.byPassword(
                  "guess" + i + "@a.example",
                  PASSWORD,
                  AccessFixture.from("2001:db8:1:" + i + "::1")))
          .isEmpty();
    }
    assertThatThrownBy(
            () -> signIn.byPassword(ADA, PASSWORD, AccessFixture.from("2001:db8:1:ffff::1")))
        .isInstanceOf(TooMany.class);
    assertThat(signIn.byPassword(ADA, PASSWORD, AccessFixture.from("2001:db8:2::1"))).isPresent();
  }

  @Test
  void aHundredTriesAtOnceAreNotOne() throws Exception {
    access.addWithPassword(ADA, APPROVER);
    int many = 12;
    CountDownLatch start = new CountDownLatch(1);
    int refused = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        int number = i;
        tries.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    assertThat(signIn.byPassword(ADA, "guess number " + number, OFFICE)).isEmpty();
                    return false;
                  } catch (TooMany tooMany) {
                    return true;
                  }
                }));
      }
      start.countDown();
      for (Future<Boolean> one : tries) {
        refused += one.get() ? 1 : 0;
      }
    }
    assertThat(refused).isEqualTo(many - PasswordGuesses.MOST);
  }

  @Test
  void signingInForgivesTheTriesBefore() {
    access.addWithPassword(ADA, APPROVER);
    for (int i = 0; i < PasswordGuesses.MOST - 1; i++) {
      assertThat(signIn.byPassword(ADA, "not the password", OFFICE)).isEmpty();
    }
    open();
    for (int i = 0; i < PasswordGuesses.MOST - 1; i++) {
      assertThat(signIn.byPassword(ADA, "not the password", OFFICE)).isEmpty();
    }
    open();
  }

  @Test
  void oneRightPasswordDoesNotClearANetworkOfItsWrongOnes() {
    access.addWithPassword(ADA, APPROVER);
    for (int i = 0; i < PasswordGuesses.NETWORK - 1; i++) {
      assertThat(signIn.byPassword("guess" + i + "@a.example", "not the password", OFFICE))
          .isEmpty();
    }
    open();
    assertThat(signIn.byPassword("guess99@a.example", "not the password", OFFICE)).isEmpty();
    assertThatThrownBy(this::open).isInstanceOf(TooMany.class);
  }

  @Test
  void anEndlessPasswordIsWrongAndCheap() {
    access.addWithPassword(ADA, APPROVER);
    assertThat(signIn.byPassword(ADA, "x".repeat(300_000), OFFICE)).isEmpty();
  }

  @Test
  void anIdleSessionEndsAfterAnHour() {
    access.addWithPassword(ADA, APPROVER);
    String secret = open().secret();
    access.hub.clock.advance(Duration.ofMinutes(59));
    assertThat(signIn.resume(secret)).isPresent();
    access.hub.clock.advance(Duration.ofMinutes(59));
    assertThat(signIn.resume(secret)).isPresent();
    access.hub.clock.advance(Duration.ofMinutes(60));
    assertThat(signIn.resume(secret)).isEmpty();
  }

  @Test
  void aBusySessionEndsAfterTwelveHours() {
    access.addWithPassword(ADA, APPROVER);
    String secret = open().secret();
    for (int i = 0; i < 23; i++) {
      access.hub.clock.advance(Duration.ofMinutes(30));
      assertThat(signIn.resume(secret)).isPresent();
    }
    access.hub.clock.advance(Duration.ofMinutes(30));
    assertThat(signIn.resume(secret)).isEmpty();
  }

  @Test
  void theLastVisitIsWrittenAtMostOnceAMinute() {
    access.addWithPassword(ADA, APPROVER);
    String secret = open().secret();
    String opened = seen();
    access.hub.clock.advance(Duration.ofSeconds(59));
    assertThat(signIn.resume(secret)).isPresent();
    assertThat(seen()).isEqualTo(opened);
    access.hub.clock.advance(Duration.ofSeconds(1));
    assertThat(signIn.resume(secret)).isPresent();
    assertThat(seen()).isNotEqualTo(opened);
  }

  private String seen() {
    return access.hub.hub.get(
        "SELECT seen_at FROM access.session", row -> row.getOffsetDateTime("seen_at").toString());
  }

  @Test
  void aStolenCopyOfTheTableOpensNothing() {
    access.addWithPassword(ADA, APPROVER);
    open();
    byte[] digest =
        access.hub.hub.get(
            "SELECT digest FROM access.session", row -> row.getBuffer("digest").getBytes());
    assertThat(signIn.resume(Base64.getUrlEncoder().withoutPadding().encodeToString(digest)))
        .isEmpty();
    assertThat(signIn.resume(HexFormat.of().formatHex(digest))).isEmpty();
    assertThat(signIn.resume(Buffer.buffer(digest).toString("ISO-8859-1"))).isEmpty();
  }

  @Test
  void signingOutEndsOneSessionAndSigningOutEverywhereAll() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    String laptop = open().secret();
    String phone = open().secret();
    String desk = open().secret();
    signIn.signOut(laptop);
    signIn.signOut(laptop);
    assertThat(signIn.resume(laptop)).isEmpty();
    assertThat(signIn.resume(phone)).isPresent();
    assertThat(signIn.signOutEverywhere(ada)).isEqualTo(2);
    assertThat(signIn.resume(phone)).isEmpty();
    assertThat(signIn.resume(desk)).isEmpty();
    assertThat(access.audited().stream().filter(line -> line.contains("session.ended staff")))
        .hasSize(1);
  }

  @Test
  void aRoleTakenAwayIsGoneFromOpenSessionsAtOnce() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    String secret = open().secret();
    access.staff.changeRoles("system", ada.id(), java.util.Set.of(Role.AUDITOR));
    assertThat(signIn.resume(secret).orElseThrow().staff().roles()).containsExactly(Role.AUDITOR);
  }

  @Test
  void changingThePasswordNeedsThePresentOneAndGoesOnInANewSession() {
    access.addWithPassword(ADA, APPROVER);
    String other = open().secret();
    String mine = open().secret();
    assertThat(access.ownPassword.presentNeeded(mine)).isTrue();
    assertThatThrownBy(
            () -> access.ownPassword.change(mine, "not the password", "a different bell"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.fields().getFirst().name()).isEqualTo("present_password"));

    SignIn.Opened opened = access.ownPassword.change(mine, PASSWORD, "a different bell");

    assertThat(signIn.resume(opened.secret())).isPresent();
    assertThat(signIn.resume(mine)).isEmpty();
    assertThat(signIn.resume(other)).isEmpty();
    assertThat(signIn.byPassword(ADA, "a different bell", OFFICE)).isPresent();
    assertThat(signIn.byPassword(ADA, PASSWORD, OFFICE)).isEmpty();
  }

  @Test
  void aStolenSessionCannotGuessThePresentPasswordForEver() {
    access.addWithPassword(ADA, APPROVER);
    String stolen = open().secret();
    for (int i = 0; i < PasswordGuesses.MOST; i++) {
      assertThatThrownBy(
              () -> access.ownPassword.change(stolen, "not the password", "a different bell"))
          .isInstanceOf(Invalid.class);
    }
    assertThatThrownBy(() -> access.ownPassword.change(stolen, PASSWORD, "a different bell"))
        .isInstanceOf(TooMany.class);
  }

  @Test
  void whoForgotThePasswordSetsANewOneJustAfterALink() {
    StaffMember ada = access.addWithPassword(ADA, APPROVER);
    String secret = access.byPrinted(access.links.print("system", ada)).orElseThrow().secret();
    assertThat(access.ownPassword.presentNeeded(secret)).isFalse();
    assertThat(access.ownPassword.change(secret, "", "a different bell")).isNotNull();

    String late = access.byPrinted(access.links.print("system", ada)).orElseThrow().secret();
    access.hub.clock.advance(Duration.ofMinutes(15));
    assertThat(access.ownPassword.presentNeeded(late)).isTrue();
    assertThatThrownBy(() -> access.ownPassword.change(late, "", "yet another bell"))
        .isInstanceOf(Invalid.class);
  }

  @Test
  void anEndedSessionSetsNoPassword() {
    access.addWithPassword(ADA, APPROVER);
    String secret = open().secret();
    signIn.signOut(secret);
    assertThatThrownBy(() -> access.ownPassword.change(secret, PASSWORD, "a different bell"))
        .isInstanceOf(Forbidden.class);
  }

  @Test
  void housekeepingForgetsWhatIsOverAndNothingElse() {
    access.addWithPassword(ADA, APPROVER);
    assertThat(signIn.byPassword(ADA, "not the password", AccessFixture.from("198.51.100.1")))
        .isEmpty();
    open();
    access.hub.clock.advance(Duration.ofMinutes(30));
    String young = open().secret();
    assertThat(signIn.byPassword(ADA, "not the password", AccessFixture.from("198.51.100.1")))
        .isEmpty();
    access.hub.clock.advance(Duration.ofMinutes(30));
    String open = open().secret();
    assertThat(signIn.forgetExpired()).isGreaterThan(0);
    assertThat(signIn.forgetExpired()).isZero();
    assertThat(signIn.resume(young)).isPresent();
    assertThat(signIn.resume(open)).isPresent();
    assertThat(access.rows("session")).isEqualTo(2);
    access.hub.clock.advance(Duration.ofDays(1));
    assertThat(signIn.forgetExpired()).isGreaterThan(0);
    assertThat(access.rows("attempt")).isZero();
  }

  private SignIn.Opened open() {
    return signIn.byPassword(ADA, PASSWORD, OFFICE).orElseThrow();
  }
}
