package org.tocsin.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Idempotency.Answer;
import org.tocsin.access.Idempotency.Fresh;
import org.tocsin.access.Idempotency.Replay;
import org.tocsin.access.Idempotency.Request;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.testing.TestHub;

class IdempotencyTest {
  private static final Answer CREATED = new Answer(201, "{\"secret\":\"whsec_canary\"}");

  private final TestHub hub = new TestHub();
  private final Idempotency idempotency =
      new Idempotency(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.clock);
  private final Request request = request("key-1", "body");

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void theEffectHappensOnceAndTheAnswerIsTheSame() {
    assertThat(idempotency.once(request, this::effect)).isEqualTo(CREATED);
    assertThat(
            idempotency.once(
                request,
                () -> {
                  throw new IllegalStateException("a second time");
                }))
        .isEqualTo(CREATED);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    idempotency.once(request, this::effect);
    assertThatThrownBy(() -> idempotency.once(request("key-1", "other body"), this::effect))
        .isInstanceOfSatisfying(
            Invalid.class, reused -> assertThat(reused.code()).isEqualTo("idempotency_key_reused"));
    assertThatThrownBy(() -> idempotency.begin(request("key-1", "other body")))
        .isInstanceOf(Invalid.class);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void nobodyMeetsTheKeysOfAnother() {
    idempotency.once(request, this::effect);
    idempotency.once(new Request("staff:2 createEndpoint", "key-1", "body"), this::effect);
    idempotency.once(request("key-2", "body"), this::effect);
    assertThat(effects()).isEqualTo(3);
  }

  @Test
  void whatFailsLeavesNeitherEffectNorKey() {
    assertThatThrownBy(
            () ->
                idempotency.once(
                    request,
                    () -> {
                      effect();
                      throw new IllegalStateException("the hub is killed here");
                    }))
        .hasMessage("the hub is killed here");
    assertThat(effects()).isZero();
    assertThat(idempotency.once(request, this::effect)).isEqualTo(CREATED);
  }

  @Test
  void aFeatureThatMissesARuleAndGoesOnIsStillOneWithItsAnswer() {
    Answer answer =
        idempotency.once(
            request,
            () -> {
              assertThatThrownBy(
                      () ->
                          hub.hub.inTransaction(
                              tx -> tx.run("INSERT INTO audit.head VALUES (true, 0, '')")))
                  .isInstanceOf(ConstraintViolated.class);
              assertThat(effects()).isZero();
              effect();
              assertThat(effects()).isEqualTo(1);
              return CREATED;
            });
    assertThat(answer).isEqualTo(CREATED);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aFailureThatIsSwallowedIsNotAnsweredAsDone() {
    assertThatThrownBy(
            () ->
                hub.hub.together(
                    tx -> {
                      effect();
                      assertThatThrownBy(
                              () -> tx.run("INSERT INTO audit.head VALUES (true, 0, '')"))
                          .isInstanceOf(ConstraintViolated.class);
                      return CREATED;
                    }))
        .isInstanceOf(DatabaseFailure.class);
    assertThat(effects()).isZero();
  }

  @Test
  void newsOfTheEffectIsHeardAfterTheAnswerIsKept() {
    List<String> heard = new ArrayList<>();
    idempotency.once(
        request,
        () -> {
          hub.hub.inTransaction(tx -> tx.afterCommit(() -> heard.add("done")));
          assertThatThrownBy(
                  () ->
                      hub.hub.inTransaction(
                          tx -> {
                            tx.afterCommit(() -> heard.add("undone"));
                            throw new IllegalStateException("no");
                          }))
              .hasMessage("no");
          assertThat(heard).isEmpty();
          return CREATED;
        });
    assertThat(heard).containsExactly("done");
  }

  @Test
  void ofManyAtOnceOneDoesItAndNobodyDoesItTwice() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    int done = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tries.add(
            threads.submit(
                () -> {
                  start.await();
                  try {
                    return idempotency.once(request, this::effect).equals(CREATED);
                  } catch (Conflict inProgress) {
                    return false;
                  }
                }));
      }
      start.countDown();
      for (Future<Boolean> one : tries) {
        done += one.get() ? 1 : 0;
      }
    }
    assertThat(done).isPositive();
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void aRequestInProgressIsNotWaitedFor() {
    assertThat(idempotency.begin(request)).isInstanceOf(Fresh.class);
    assertThatThrownBy(() -> idempotency.begin(request))
        .isInstanceOfSatisfying(
            Conflict.class,
            conflict -> assertThat(conflict.code()).isEqualTo("idempotency_in_progress"));
    hub.hub.inTransaction(
        held -> {
          held.get(
              """
              SELECT pg_advisory_xact_lock(hashtextextended($1 || ' ' || encode($2, 'hex'), 5))
              """,
              row -> true,
              hub.keyring.ids().encode("idempotency scope", request.scope()),
              io.vertx.core.buffer.Buffer.buffer(
                  hub.keyring.ids().mark("idempotency key", "key-9")));
          assertThatThrownBy(() -> idempotency.once(request("key-9", "body"), this::effect))
              .isInstanceOf(Conflict.class);
        });
  }

  @Test
  void aClaimBecomesTheAnswerInsideTheTransactionOfTheEffect() {
    Fresh fresh = (Fresh) idempotency.begin(request);
    assertThat(idempotency.finish(fresh, this::effect)).isEqualTo(CREATED);
    assertThat(idempotency.begin(request))
        .asInstanceOf(type(Replay.class))
        .isEqualTo(new Replay(CREATED));
  }

  @Test
  void anAbandonedClaimMayBeTriedAgainAtOnce() {
    idempotency.abandon((Fresh) idempotency.begin(request));
    assertThat(idempotency.begin(request)).isInstanceOf(Fresh.class);
  }

  @Test
  void aClaimLeftByACrashIsTakenOverAndTheSlowOneRollsBack() {
    Fresh slow = (Fresh) idempotency.begin(request);
    hub.clock.advance(Idempotency.CLAIM);
    Fresh next = (Fresh) idempotency.begin(request);
    assertThatThrownBy(() -> idempotency.finish(slow, this::effect)).isInstanceOf(Conflict.class);
    assertThat(effects()).isZero();
    idempotency.abandon(slow);
    idempotency.finish(next, this::effect);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void anAnswerIsKeptForADay() {
    idempotency.once(request, this::effect);
    hub.clock.advance(Duration.ofHours(24).minusSeconds(1));
    assertThat(idempotency.forgetExpired()).isZero();
    assertThat(idempotency.once(request, this::effect)).isEqualTo(CREATED);
    assertThat(effects()).isEqualTo(1);
    hub.clock.advance(Duration.ofSeconds(1));
    idempotency.once(request, this::effect);
    assertThat(effects()).isEqualTo(2);
    hub.clock.advance(Duration.ofHours(24));
    assertThat(idempotency.forgetExpired()).isEqualTo(1);
  }

  @Test
  void theAnswerIsSealed() {
    idempotency.once(request, this::effect);
    String row =
        hub.hub.get("SELECT i::text AS copy FROM access.idempotency i", r -> r.getString("copy"));
    assertThat(row)
        .doesNotContain("whsec")
        .doesNotContain(
            java.util.HexFormat.of()
                .formatHex("whsec".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(CREATED.toString()).doesNotContain("whsec");
  }

  /** A visitor's network, a key and a body can be guessed: a bare hash of them tells what it is. */
  @Test
  void nothingThatIsKeptOfARequestCanBeFoundByTryingItOut() throws Exception {
    String scope = "source:198.51.100.7 /api/v1/subscriptions";
    String body = "{\"email\":\"ada@uni.example\",\"topics\":[\"newsletter\"]}";
    idempotency.once(new Request(scope, "key-1", body), this::effect);
    String kept =
        hub.hub.get(
            "SELECT i::text AS kept FROM access.idempotency i", row -> row.getString("kept"));
    for (String guess : List.of(scope, "198.51.100.7", "key-1", body)) {
      byte[] bare =
          MessageDigest.getInstance("SHA-256").digest(guess.getBytes(StandardCharsets.UTF_8));
      assertThat(kept).doesNotContain(guess).doesNotContain(HexFormat.of().formatHex(bare, 0, 8));
    }
  }

  @Test
  void aKeyIsBounded() {
    for (String wrong : List.of("", " ", "with space", "é", "x".repeat(256), "line\nbreak")) {
      assertThatThrownBy(() -> request(wrong, "body")).as(wrong).isInstanceOf(Invalid.class);
    }
    assertThat(request("x".repeat(255), "body")).isNotNull();
  }

  private static Request request(String key, String body) {
    return new Request("staff:1 createEndpoint", key, body);
  }

  /** As a feature does it: in a transaction of its own. */
  private Answer effect() {
    hub.hub.inTransaction(this::write);
    return CREATED;
  }

  private void write(Tx tx) {
    hub.audit.record(tx, "system", "test.effect", "test:1");
  }

  private int effects() {
    return hub.audit.latest("test:1", Long.MAX_VALUE, 100).size();
  }
}
