package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.csv.SpreadsheetText;
import org.tocsin.platform.database.DatabaseFailure;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.subscribers.ImportCounts.Outcome;
import org.tocsin.subscribers.SubscriberImport.Summary;
import org.tocsin.subscribers.Subscription.State;

class SubscriberImportTest {
  private static final Path LISTMONK =
      Path.of("src/test/resources/import/subscribers-listmonk.csv");
  private static final Path MAILCHIMP =
      Path.of("src/test/resources/import/subscribers-mailchimp.csv");
  private static final String CONSENT = "Paper forms, 2024 congress";
  private static final SubscriberImport.Progress QUIET = (done, rows) -> {};

  private final PeopleFixture people = new PeopleFixture();
  private final Path errors = people.hub.folder.resolve("imports");
  private final SubscriberImport imports =
      new SubscriberImport(
          people.hub.hub,
          people.vault,
          people.topics,
          people.languages,
          people.hub.audit,
          people.hub.clock,
          errors);

  @AfterEach
  void close() {
    people.close();
  }

  private Summary run(Path file, String... topics) {
    return imports.run(
        file, topics.length == 0 ? List.of("newsletter") : List.of(topics), CONSENT, QUIET);
  }

  private Path file(String... lines) {
    return bytes(String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  private Path bytes(byte[] content) {
    try {
      Path file = Files.createTempFile(people.hub.folder, "people", ".csv");
      return Files.write(file, content);
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static Map<Outcome, Integer> counts(Object... pairs) {
    Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    for (int i = 0; i < pairs.length; i += 2) {
      counts.put((Outcome) pairs[i], (Integer) pairs[i + 1]);
    }
    return counts;
  }

  private static Map<Outcome, Integer> nonZero(Summary summary) {
    return summary.counts().byOutcome().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<String, Long> states() {
    Map<String, Long> states = new TreeMap<>();
    people.hub.hub.list(
        "SELECT state, count(*) AS n FROM people.subscriber GROUP BY state",
        row -> states.put(row.getString("state"), row.getLong("n")));
    return states;
  }

  /** Who stands how, and with which topics: what must be the same however often it was killed. */
  private static Map<String, String> everybody(PeopleFixture people) {
    Map<String, String> all = new TreeMap<>();
    people
        .people
        .page(people.hub.hub, Long.MAX_VALUE, "", "", 10_000)
        .forEach(
            person ->
                all.put(
                    person.address().lookupKey(),
                    person.state() + " " + person.name() + " " + person.subscriptions()));
    return all;
  }

  /**
   * The expected numbers were counted apart from this code, with Python's csv module and its own
   * idna codec: 5,001 records; 45 without a usable address (44 malformed or empty, 1 cut short);
   * 4,897 different addresses, so 59 rows repeat one; of those addresses 181 have a row that says
   * disabled and 139 one that says blocklisted, which leaves 4,577.
   */
  @Test
  void theListmonkFileIsImportedExactly() throws IOException {
    Summary summary = run(LISTMONK, "newsletter", "events");
    assertThat(nonZero(summary))
        .isEqualTo(
            counts(
                Outcome.IMPORTED, 4_577,
                Outcome.NOT_ACTIVATED, 320,
                Outcome.DUPLICATE, 59,
                Outcome.REFUSED, 45));
    assertThat(summary.rows()).isEqualTo(5_001).isEqualTo(summary.counts().rows());
    assertThat(states()).isEqualTo(Map.of("ACTIVE", 4_577L, "UNSUBSCRIBED", 320L));
    assertThat(people.count("engine.suppression WHERE reason = 'BLOCKED'")).isEqualTo(139);
    assertThat(people.count("people.subscription WHERE state = 'ACTIVE'")).isEqualTo(2 * 4_577);
    assertThat(
            people.audience.count(people.hub.hub, SubscriberAudience.selection(List.of("events"))))
        .isEqualTo(4_577);
    List<String> refused = Files.readAllLines(summary.errors().orElseThrow());
    assertThat(refused)
        .hasSize(46)
        .startsWith("line,email,reason", "39,no-at-sign.example,Invalid email address")
        .contains(
            "342,'@missing-local.example,Invalid email address",
            "847,ctrl␁char@institute.example,Invalid email address",
            "1049,,Enter a valid email address",
            "3072,DOT..DOT@INSTITUTE.EXAMPLE,Invalid email address")
        .endsWith("5006,only-two,has 2 columns where the heading has 7");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(summary.errors().get())))
        .isEqualTo("rw-------");
  }

  /** 3,000 records, 15 without a usable address, no address twice, every CONFIRM_TIME filled. */
  @Test
  void theMailchimpFileIsImportedExactly() {
    Summary summary = run(MAILCHIMP);
    assertThat(nonZero(summary)).isEqualTo(counts(Outcome.IMPORTED, 2_985, Outcome.REFUSED, 15));
    assertThat(summary.rows()).isEqualTo(3_000).isEqualTo(summary.counts().rows());
    Person first = people.person("p.100000@mailhub.example");
    assertThat(first.name()).contains("Ximena Xu");
    assertThat(first.confirmedAt()).contains(java.time.Instant.parse("2023-07-27T10:13:40Z"));
    assertThat(first.consentSource()).isEqualTo(CONSENT);
    assertThat(first.source()).isEqualTo("import");
  }

  @Test
  void aFinishedFileRunAgainChangesNothing() {
    Summary first = run(LISTMONK);
    Map<String, String> before = everybody(people);
    people.hub.clock.advance(Duration.ofDays(1));
    Summary second = run(LISTMONK);
    assertThat(second.wasFinished()).isTrue();
    assertThat(first.wasFinished()).isFalse();
    assertThat(second.counts()).isEqualTo(first.counts());
    assertThat(everybody(people)).isEqualTo(before);
    assertThat(people.hub.audit.latest("import:1", Long.MAX_VALUE, 10))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.detail()).contains("\"imported\":4577", "\"refused\":45"));
  }

  /** The connection ends inside a batch; then between two batches; then all goes well. */
  @ParameterizedTest
  @ValueSource(ints = {1_000, 5_000, 5_001})
  void anImportThatWasKilledGoesOnWhereItEnded(int rows) throws IOException {
    Summary whole;
    Map<String, String> expected;
    try (PeopleFixture undisturbed = new PeopleFixture()) {
      whole =
          new SubscriberImport(
                  undisturbed.hub.hub,
                  undisturbed.vault,
                  undisturbed.topics,
                  undisturbed.languages,
                  undisturbed.hub.audit,
                  undisturbed.hub.clock,
                  undisturbed.hub.folder)
              .run(LISTMONK, List.of("newsletter"), CONSENT, QUIET);
      expected = everybody(undisturbed);
    }
    failWhenDone(rows);
    assertThatThrownBy(() -> run(LISTMONK)).isInstanceOf(DatabaseFailure.class);
    heal();
    assertThatThrownBy(
            () ->
                imports.run(
                    LISTMONK,
                    List.of("newsletter"),
                    CONSENT,
                    (done, all) -> {
                      if (done >= rows) {
                        throw new IllegalStateException("killed");
                      }
                    }))
        .hasMessage("killed");
    Summary last = run(LISTMONK);
    assertThat(last.resumed()).isGreaterThan(0);
    assertThat(last.counts()).isEqualTo(whole.counts());
    assertThat(everybody(people)).isEqualTo(expected);
    assertThat(Files.readAllLines(last.errors().orElseThrow())).hasSize(46);
    assertThat(people.hub.audit.latest("import:1", Long.MAX_VALUE, 10)).hasSize(1);
  }

  private void failWhenDone(int rows) {
    people.hub.hub.run(
        """
        CREATE FUNCTION people.fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the power went'; END $$
        """);
    people.hub.hub.run(
        "CREATE TRIGGER fail BEFORE UPDATE ON people.import FOR EACH ROW WHEN (NEW.rows_done = "
            + rows
            + ") EXECUTE FUNCTION people.fail()");
  }

  private void heal() {
    people.hub.hub.run("DROP FUNCTION people.fail CASCADE");
  }

  @Test
  void twoSpellingsOfADomainAreOneAddress() {
    Summary summary =
        run(
            file(
                "email,name",
                "wen@bücher.example,Wen",
                " WEN@XN--BCHER-KVA.EXAMPLE ,Wen again",
                "wen@BÜCHER.example,Wen once more"));
    assertThat(nonZero(summary)).isEqualTo(counts(Outcome.IMPORTED, 1, Outcome.DUPLICATE, 2));
    assertThat(people.person("wen@bücher.example").name()).contains("Wen");
    assertThat(people.person("wen@bücher.example").address().address())
        .isEqualTo("wen@xn--bcher-kva.example");
    Summary other = run(file("email", "Wen@Bücher.Example"));
    assertThat(nonZero(other)).isEqualTo(counts(Outcome.UNCHANGED, 1));
  }

  @Test
  void aFormulaIsText() {
    run(file("email,name", "a@one.example,\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""));
    assertThat(people.person("a@one.example").name())
        .contains("=HYPERLINK(\"http://evil.example\",\"x\")");
    for (String risky : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")) {
      assertThat(SpreadsheetText.of(risky)).isEqualTo("'" + risky);
    }
    assertThat(SpreadsheetText.of("O'Brien")).isEqualTo("O'Brien");
  }

  @Test
  void aNameOfSeveralLinesBecomesOneLine() {
    Summary summary = run(file("email,name", "a@one.example,\"Multi\nLine\"", "bad,x"));
    assertThat(people.person("a@one.example").name()).contains("Multi Line");
    assertThat(summary.errors().orElseThrow()).content().contains("4,bad,Invalid email address");
  }

  @Test
  void aNoAnywhereInTheFileIsANo() {
    Summary summary =
        run(
            file(
                "email,name,status",
                "a@one.example,,enabled",
                "b@one.example,,disabled",
                "A@one.example,,disabled",
                "B@one.example,,enabled",
                "c@one.example,,enabled",
                "C@ONE.example,,blocklisted",
                "d@one.example,,Enabled",
                "e@one.example,,nonsense"));
    assertThat(nonZero(summary))
        .isEqualTo(
            counts(
                Outcome.NOT_ACTIVATED, 3,
                Outcome.DUPLICATE, 3,
                Outcome.IMPORTED, 1,
                Outcome.REFUSED, 1));
    assertThat(states()).isEqualTo(Map.of("ACTIVE", 1L, "UNSUBSCRIBED", 3L));
    assertThat(people.count("engine.suppression")).isEqualTo(1);
    assertThat(nonZero(run(file("email", "a@one.example", "c@one.example"))))
        .as("a later file cannot undo it")
        .isEqualTo(counts(Outcome.LEFT_OUT, 2));
  }

  @Test
  void whoNeverConfirmedIsNotStored() {
    Summary summary =
        run(
            file(
                "Email Address,First Name,Last Name,CONFIRM_TIME,UNSUB_TIME",
                "a@one.example,A,B,,",
                "b@one.example,A,B,2024-02-03 04:05:06,",
                "c@one.example,A,B,2024-02-03 04:05:06,2025-01-01 00:00:00",
                "d@one.example,A,B,yesterday,"));
    assertThat(nonZero(summary))
        .isEqualTo(counts(Outcome.NOT_ACTIVATED, 2, Outcome.IMPORTED, 1, Outcome.REFUSED, 1));
    assertThat(people.known("a@one.example")).isFalse();
    assertThat(people.person("c@one.example").state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void anImportNeverOverwritesAnUnsubscribe() {
    Person left = people.active("left@one.example", "newsletter");
    people.unsubscribes.leave(people.links.unsubscribe(left.id(), List.of("newsletter")));
    Person half = people.active("half@one.example", "newsletter", "events");
    people.unsubscribes.leave(people.links.unsubscribe(half.id(), List.of("newsletter")));
    Person erased = people.active("erased@one.example", "newsletter");
    assertThat(people.preferences.erase(people.preferencesOf(erased))).isTrue();
    people.hub.hub.run(
        "INSERT INTO engine.suppression (address_hash, reason) VALUES ($1, 'COMPLAINT')",
        Buffer.buffer(
            people.vault.hash(EmailAddress.parse("complained@one.example").orElseThrow())));
    Path file =
        file(
            "email",
            "left@one.example",
            "half@one.example",
            "erased@one.example",
            "complained@one.example");
    assertThat(nonZero(run(file, "newsletter"))).isEqualTo(counts(Outcome.LEFT_OUT, 4));
    assertThat(people.person("left@one.example").state()).isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(people.person("half@one.example").topics(State.ACTIVE)).containsExactly("events");
    assertThat(people.known("erased@one.example")).isFalse();
    assertThat(people.known("complained@one.example")).isFalse();
    assertThat(nonZero(run(file, "newsletter", "torture")))
        .isEqualTo(counts(Outcome.LEFT_OUT, 3, Outcome.UPDATED, 1));
    assertThat(people.person("half@one.example").topics(State.ACTIVE))
        .containsExactly("events", "torture");
    assertThat(people.person("half@one.example").topics(State.LEFT)).containsExactly("newsletter");
  }

  @Test
  void whatAPersonConfirmedHereIsNotSwitchedOffByAnOldFile() {
    people.active("own@one.example", "newsletter");
    people.active("blocked@one.example", "newsletter");
    run(file("email", "imported@one.example"));
    Summary summary =
        run(
            file(
                "email,name,status",
                "own@one.example,,disabled",
                "blocked@one.example,,blocklisted",
                "imported@one.example,,disabled"));
    assertThat(nonZero(summary)).isEqualTo(counts(Outcome.NOT_ACTIVATED, 3));
    assertThat(people.person("own@one.example").state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(people.person("blocked@one.example").state())
        .isEqualTo(SubscriberState.UNSUBSCRIBED);
    assertThat(people.person("imported@one.example").state())
        .isEqualTo(SubscriberState.UNSUBSCRIBED);
  }

  @Test
  void whoWaitsForAConfirmationIsConfirmedByTheImport() {
    people.signUp("pending@one.example", "newsletter", "torture");
    assertThat(nonZero(run(file("email", "pending@one.example"), "newsletter")))
        .isEqualTo(counts(Outcome.UPDATED, 1));
    Person person = people.person("pending@one.example");
    assertThat(person.state()).isEqualTo(SubscriberState.ACTIVE);
    assertThat(person.topics(State.ACTIVE)).containsExactly("newsletter");
    people.hub.clock.advance(Duration.ofDays(8));
    assertThat(people.housekeeping.round()).isFalse();
    assertThat(people.known("pending@one.example")).isTrue();
  }

  @Test
  void aPlainListMayNameLanguages() {
    run(file("Email, Name ,LANGUAGE,shoe size", "a@one.example,A,EN,43", "b@one.example,B,xx,44"));
    assertThat(people.person("a@one.example").language()).isEqualTo("en");
    assertThat(people.person("b@one.example").language()).isEqualTo("en");
  }

  @Test
  void aFileThatIsNotUtf8NamesItsLine() {
    byte[] latin =
        "email,name\r\na@one.example,A\r\nb@one.example,Søren\r\n"
            .getBytes(Charset.forName("ISO-8859-1"));
    refused(bytes(latin), "is not UTF-8: line 3");
    refused(
        bytes("email,name\na@one.example,A".getBytes(StandardCharsets.UTF_16)),
        "is not UTF-8: line 1");
  }

  @Test
  void aFileThatIsNotUnderstoodSaysWhatIsWanted() {
    refused(file("adresse,vorname", "a@one.example,A"), "headings that are not understood");
    refused(file("Email Address,First Name", "a@one.example,A"), "lacks the column CONFIRM_TIME");
    refused(file("email,EMAIL", "a@one.example,A"), "names the column 'email' twice");
    refused(bytes(new byte[0]), "is empty");
    refused(
        file("email,name", "a@one.example,\"never closed", "b@one.example,B"),
        "cannot be read as CSV after line 1");
    refused(people.hub.folder.resolve("none.csv"), "there is no file");
    refused(people.hub.folder, "is a folder");
    assertThat(people.count("people.subscriber")).isZero();
    assertThat(people.count("people.import")).isZero();
  }

  private void refused(Path file, String reason) {
    assertThatThrownBy(() -> run(file)).isInstanceOf(Invalid.class).hasMessageContaining(reason);
  }

  @Test
  void aFileWithAHeadingOnlyIsDoneAtOnce() {
    Summary summary = run(file("email,name"));
    assertThat(summary.rows()).isZero();
    assertThat(summary.errors()).isEmpty();
  }

  @Test
  void anImportNeedsTopicsAndAConsent() {
    Path file = file("email", "a@one.example");
    assertThatThrownBy(() -> imports.run(file, List.of(), CONSENT, QUIET))
        .hasMessageContaining("newsletter, events");
    assertThatThrownBy(() -> imports.run(file, List.of("nonsense"), CONSENT, QUIET))
        .isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> imports.run(file, List.of("events"), " ", QUIET))
        .hasMessageContaining("consent");
  }

  @Test
  void twoRunsOfOneFileDoNotMix() {
    assertThatThrownBy(
            () ->
                imports.run(
                    LISTMONK,
                    List.of("newsletter"),
                    CONSENT,
                    (done, rows) -> {
                      if (done == 1_000) {
                        run(LISTMONK);
                      }
                    }))
        .isInstanceOf(Conflict.class);
    assertThat(states()).isEqualTo(Map.of("ACTIVE", 4_577L, "UNSUBSCRIBED", 320L));
  }

  @Test
  void somebodyWhoSignsUpMeanwhileIsFoundAtTheNextTry() {
    Path file = file("email", "a@one.example", "b@one.example");
    people.hub.hub.run(
        """
        CREATE FUNCTION people.race() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF (SELECT count(*) FROM people.subscriber) = 0 THEN
            RAISE unique_violation;
          END IF;
          RETURN NEW;
        END $$
        """);
    people.hub.hub.run(
        "CREATE TRIGGER race BEFORE INSERT ON people.subscriber FOR EACH ROW EXECUTE FUNCTION people.race()");
    assertThatThrownBy(() -> run(file)).isInstanceOf(DatabaseFailure.class);
    people.hub.hub.run("DROP FUNCTION people.race CASCADE");
    people.signUp("a@one.example", "events");
    assertThat(nonZero(run(file))).isEqualTo(counts(Outcome.IMPORTED, 1, Outcome.UPDATED, 1));
  }
}
