package org.tocsin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.Permission;
import org.tocsin.access.Role;
import org.tocsin.access.SignIn;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenPost;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.DirectMail;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberMail;
import org.tocsin.correspondents.MemberVault;
import org.tocsin.correspondents.Members;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.language.Languages;
import org.tocsin.testing.OurMail;
import org.tocsin.testing.TestHub;
import org.tocsin.testing.TestPostgres;
import picocli.CommandLine;

/** The commands about staff, tokens, the audit and the keys, as an operator types them. */
class StaffCommandsTest {
  private static final TokenPost NO_POST =
      new TokenPost() {
        @Override
        public void made(Tx tx, StaffMember owner, ApiTokens.Token token) {}

        @Override
        public void ends(Tx tx, StaffMember owner, ApiTokens.Token token) {}
      };

  private final TestHub hub = new TestHub();
  private final Path conf = hub.folder.resolve("tocsin.yaml");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        conf,
        """
        data_dir: %s
        smtp.host: relay.tocsin.example
        database:
          url: postgresql://%s:%d/%s?sslmode=disable
          username: %s
          password: %s
          site: {username: %s, password: %s}
          courier: {username: %s, password: %s}
        """
            .formatted(
                hub.folder,
                hub.address.host(),
                hub.address.port(),
                hub.address.database(),
                TestPostgres.HUB.username(),
                TestPostgres.HUB.password(),
                TestPostgres.SITE.username(),
                TestPostgres.SITE.password(),
                TestPostgres.COURIER.username(),
                TestPostgres.COURIER.password()));
  }

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void staffAddPrintsALinkThatSignsIn() {
    assertThat(run("staff", "add", "Ada@tocsin.example", "--role", "approver", "--name", "Ada"))
        .isZero();
    assertThat(out.toString()).startsWith("Ada is let in as approver.");
    String url = out.toString().strip().lines().toList().getLast();
    assertThat(url).startsWith("http://localhost:8080/desk/sign-in/");
    SignIn signIn =
        new SignIn(hub.hub, staff(), hub.keyring.lookup(), hub.audit, InstantSource.system());
    assertThat(signIn.byLink(url.substring(url.lastIndexOf('/') + 1), ""))
        .hasValueSatisfying(
            opened -> assertThat(opened.session().staff().email()).isEqualTo("ada@tocsin.example"));

    assertThat(run("staff", "link", "ada@tocsin.example")).isZero();
    assertThat(out.toString()).contains("/desk/sign-in/").doesNotContain(url);
  }

  @Test
  void anExportNeedsTheRoleAndStandsInTheAudit() {
    run("staff", "add", "ada@tocsin.example", "--role", "approver");
    run("staff", "add", "mem@tocsin.example", "--role", "membership_officer");
    assertThat(run("export", "subscribers", "--as", "ada@tocsin.example")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("tocsin: ada's roles do not allow write_subscribers" + System.lineSeparator());
    assertThat(hub.audit.latest(new Audit.Filter("", "subscribers", ""), Long.MAX_VALUE, 5))
        .isEmpty();
    out.getBuffer().setLength(0);
    assertThat(run("export", "subscribers", "--as", "mem@tocsin.example")).isZero();
    assertThat(out.toString()).startsWith("email,name,language,state,topics,");
    assertThat(hub.audit.latest(new Audit.Filter("", "subscribers", ""), Long.MAX_VALUE, 5))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("staff:2");
              assertThat(entry.action()).isEqualTo("subscribers.exported");
            });
  }

  @Test
  void eachExportIsForTheRolesThatSeeItAtTheDeskAndIsAudited() {
    run("staff", "add", "aud@tocsin.example", "--role", "auditor");
    run("staff", "add", "mem@tocsin.example", "--role", "membership_officer");
    enrol("=cmd()", "ada.ahorn@uni.example");

    assertThat(run("export", "members", "--as", "aud@tocsin.example")).isEqualTo(1);
    assertThat(err.toString()).contains("aud's roles do not allow write_members");
    assertThat(run("export", "audit", "--as", "mem@tocsin.example")).isEqualTo(1);
    assertThat(err.toString()).contains("mem's roles do not allow read_audit");
    assertThat(out.toString()).doesNotContain("ada.ahorn");
    assertThat(hub.audit.latest(new Audit.Filter("", "members", ""), Long.MAX_VALUE, 5)).isEmpty();

    assertThat(exported("members", "mem@tocsin.example"))
        .startsWith("number,email,name,")
        .contains("1,ada.ahorn@uni.example,'=cmd(),en,network,,active,");
    assertThat(exported("members", "mem@tocsin.example", "--state", "ENDED"))
        .startsWith("number,email,name,")
        .doesNotContain("ada.ahorn");
    assertThat(exported("audit", "aud@tocsin.example"))
        .startsWith("no,at,actor,action,subject,detail,hash")
        .contains("audit.exported,audit,", "members.exported,members,", "member.taken_over,members")
        .doesNotContain("ada.ahorn");
    long broadcast = refusedDelivery();
    String id = hub.keyring.ids().encode("broadcast", broadcast);
    assertThat(exported("deliveries", "aud@tocsin.example"))
        .startsWith("broadcast,title,kind,channel,delivery,state,")
        .contains(id + ",A title,test,email,", ",failed,'=2+3,1,no,no,20");
    assertThat(exported("deliveries", "mem@tocsin.example", "--broadcast", id)).contains("'=2+3");
    assertThat(hub.audit.latest(new Audit.Filter("", "deliveries", ""), Long.MAX_VALUE, 5))
        .extracting(entry -> entry.actor() + " " + entry.subject())
        .containsExactly("staff:2 broadcast:" + broadcast, "staff:1 broadcasts");
    assertThat(run("export", "deliveries", "--as", "aud@tocsin.example", "--broadcast", "nonsense"))
        .isEqualTo(1);
    assertThat(run("export", "members", "--as", "mem@tocsin.example", "--state", "GONE"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("--state", "GONE");
  }

  @Test
  void howACaseStandsIsInNoExportOfAReaderWithoutCases() {
    run("staff", "add", "aud@tocsin.example", "--role", "auditor");
    run("staff", "add", "both@tocsin.example", "--role", "auditor", "--role", "case_officer");
    hub.hub.inTransaction(
        tx ->
            hub.audit.record(
                tx,
                "staff:2",
                "case.situation_added",
                "case:1",
                new JsonObject().put("situation", "DECEASED")));
    assertThat(exported("audit", "aud@tocsin.example"))
        .contains(",staff:2,case.situation_added,case:1,{},", ",staff.added,staff:1,\"{")
        .doesNotContain("DECEASED")
        .as("a hash would prove a guess")
        .doesNotContainPattern("[0-9a-f]{64}");
    assertThat(exported("audit", "both@tocsin.example"))
        .contains("DECEASED")
        .containsPattern("[0-9a-f]{64}");
  }

  private void enrol(String name, String email) {
    MemberMail mail =
        new MemberMail(
            new DirectMail(
                new Broadcasts(hub.hub, hub.keyring.sealer(), hub.keyring.ids(), hub.bus),
                hub.keyring.lookup(),
                hub.clock),
            (letter, words) -> OurMail.unset(letter),
            Languages.load(),
            SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true")),
            hub.clock);
    new Members(
            hub.hub,
            new MemberVault(hub.keyring.sealer(), hub.keyring.lookup()),
            mail,
            hub.audit,
            hub.clock)
        .takeOver(
            "system",
            List.of(
                new NewMember(
                    Circle.NETWORK,
                    name,
                    EmailAddress.parse(email).orElseThrow(),
                    "en",
                    List.of(),
                    Optional.empty())));
  }

  /** Of one recipient, whose server answered with a formula. */
  private long refusedDelivery() {
    long id =
        hub.hub.get(
            """
            INSERT INTO engine.broadcast (channel, lane, kind, title, audience, selection, in_doubt_policy, not_before,
              expires_at)
            VALUES ('email', 3, 'test', 'A title', 'numbers', '{}', 'LIST', now(), now()) RETURNING id
            """,
            row -> row.getLong("id"));
    for (String insert :
        List.of(
            "segment (broadcast, no, lane, channel, size, upto) VALUES ($1, 1, 3, 'email', 1, 1)",
            "recipient (broadcast, segment, ord, target) VALUES ($1, 1, 1, 7)",
            "outcome (broadcast, segment, ord, result, code, attempt) VALUES ($1, 1, 1, 'FAILED',"
                + " '=2+3', 1)")) {
      hub.hub.run("INSERT INTO engine." + insert, id);
    }
    return id;
  }

  private String exported(String what, String as, String... more) {
    out.getBuffer().setLength(0);
    String[] args = new String[4 + more.length];
    System.arraycopy(new String[] {"export", what, "--as", as}, 0, args, 0, 4);
    System.arraycopy(more, 0, args, 4, more.length);
    assertThat(run(args)).as(err.toString()).isZero();
    return out.toString();
  }

  @Test
  void rolesAreReadInAnyOfTheUsualWays() {
    assertThat(
            run(
                "staff",
                "add",
                "ada@tocsin.example",
                "--role",
                "approver,auditor",
                "--role",
                "newsletter_editor"))
        .isZero();
    assertThat(staff().findByEmail("ada@tocsin.example").orElseThrow())
        .satisfies(
            ada -> {
              assertThat(ada.name()).isEqualTo("ada");
              assertThat(ada.roles())
                  .isEqualTo(Set.of(Role.APPROVER, Role.AUDITOR, Role.NEWSLETTER_EDITOR));
            });
    assertThat(run("staff", "roles", "ada@tocsin.example", "--role", "auditor")).isZero();
    assertThat(run("staff", "list")).isZero();
    assertThat(out.toString())
        .contains("staff:1")
        .contains("ada@tocsin.example")
        .contains("auditor");
    assertThat(run("staff", "end", "ada@tocsin.example")).isZero();
    assertThat(run("staff", "list")).isZero();
    assertThat(out.toString()).contains("ended 20");
  }

  @Test
  void wrongUsageIsTwoAndFailureIsOneClearLine() {
    assertThat(run("staff", "add", "ada@tocsin.example", "--role", "emperor")).isEqualTo(2);
    assertThat(err.toString()).contains("'emperor' is no role; there are case_officer, approver");
    assertThat(run("staff", "add", "ada@tocsin.example")).isEqualTo(2);
    assertThat(run("staff", "add", "ada at example", "--role", "approver")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("tocsin: Enter an e-mail address, like name@example.org");
    assertThat(run("staff", "add", "ada@tocsin.example", "--role", "approver")).isZero();
    assertThat(run("staff", "add", "ada@tocsin.example", "--role", "approver")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("tocsin: This address already belongs to a member of staff.");
    assertThat(run("staff", "end", "eve@tocsin.example")).isEqualTo(1);
    assertThat(run("staff")).isEqualTo(2);
  }

  @Test
  void aTokenIsPrintedOnceAndRevokedByItsNumberOrItself() {
    run("staff", "add", "ada@tocsin.example", "--role", "approver,auditor");
    assertThat(
            run(
                "token",
                "create",
                "--as",
                "ada@tocsin.example",
                "--name",
                "laptop",
                "--scope",
                "auditor"))
        .isZero();
    String token = out.toString().strip();
    ApiTokens tokens = new ApiTokens(hub.hub, staff(), NO_POST, hub.audit, InstantSource.system());
    assertThat(
            hub.hub.list(
                "SELECT kind FROM engine.broadcast ORDER BY id", row -> row.getString("kind")))
        .as("its owner is told by mail")
        .containsExactly("token_made");
    assertThat(tokens.who(token).orElseThrow().roles()).containsExactly(Role.AUDITOR);
    run("token", "list", "--as", "ada@tocsin.example");
    assertThat(out.toString())
        .contains("laptop", "auditor", "works until", "last used")
        .doesNotContain(token);
    assertThat(run("token", "revoke", token)).isZero();
    assertThat(tokens.who(token)).isEmpty();
    assertThat(run("token", "revoke", "1")).isEqualTo(1);
    assertThat(run("token", "revoke", "tocsin_nonsense")).isEqualTo(1);
    assertThat(run("token", "create", "--as", "eve@tocsin.example")).isEqualTo(1);
    assertThat(run("token", "create", "--as", "ada@tocsin.example", "--scope", "security_admin"))
        .isEqualTo(1);
    assertThat(run("token", "create", "--as", "ada@tocsin.example", "--scope", "read,emperor"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("'emperor' is no scope; there are read, the roles case_off");
    assertThat(run("token", "create", "--as", "ada@tocsin.example", "--days", "367")).isEqualTo(1);
    assertThat(run("token", "create", "--as", "ada@tocsin.example", "--scope", "read")).isZero();
    String reads = out.toString().strip();
    assertThat(tokens.who(reads).orElseThrow().may(Permission.READ_AUDIT)).isTrue();
    assertThat(tokens.who(reads).orElseThrow().may(Permission.APPROVE_ALERT)).isFalse();
  }

  @Test
  void verifyAuditFindsOneChangedByte() throws SQLException {
    run("staff", "add", "ada@tocsin.example", "--role", "approver");
    assertThat(run("verify-audit")).isZero();
    assertThat(out.toString())
        .contains("The audit is whole: 2 entries checked.")
        .containsPattern("Its end: entry 2, [0-9a-f]{64}");
    try (Connection superuser = TestPostgres.superuser(hub.address);
        Statement change = superuser.createStatement()) {
      change.execute("ALTER TABLE audit.entry DISABLE TRIGGER append_only");
      change.execute("UPDATE audit.entry SET detail = replace(detail, 'r', 's') WHERE no = 1");
    }
    assertThat(run("verify-audit")).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo("tocsin: the audit was changed: entry 1 was changed");
  }

  @Test
  void keysAreMadeOnceAndBackedUpForTheirOwnerOnly() throws IOException {
    Path folder = hub.folder.resolve("fresh");
    String elsewhere = Files.readString(conf).replace(hub.folder.toString(), folder.toString());
    Files.writeString(conf, elsewhere);
    assertThat(run("keys", "backup", folder.resolve("no.zip").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("no keyring").contains("tocsin keys create");
    assertThat(run("keys", "create")).isZero();
    assertThat(run("keys", "create")).isEqualTo(1);
    Path zip = folder.resolve("keys.zip");
    assertThat(run("keys", "backup", zip.toString())).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
        .isEqualTo("rw-------");
    try (ZipFile packed = new ZipFile(zip.toFile());
        Stream<Path> keys = Files.list(folder.resolve("keys"))) {
      assertThat(packed.stream().map(entry -> entry.getName()).toList())
          .containsExactlyInAnyOrderElementsOf(
              keys.map(key -> key.getFileName().toString()).toList())
          .contains("sealing.json", "lookup.json");
    }
    assertThat(run("keys", "backup", zip.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void keysAreNotRotatedUnderARunningHubAndResealedAfterwards() {
    run("staff", "add", "ada@tocsin.example", "--role", "approver");
    hub.hub.run("SELECT 1");
    assertThat(run("keys", "rotate")).isEqualTo(1);
    assertThat(err.toString()).contains("stop it first");
    hub.hub.close();
    org.tocsin.testing.Eventually.eventually(
        "the hub's connections are gone", () -> run("keys", "rotate") == 0);
    assertThat(out.toString()).contains("There is a new key").contains("tocsin keys reseal");

    assertThat(run("keys", "reseal")).isZero();
    assertThat(out.toString()).containsPattern("access.staff +1 rows sealed anew");
    assertThat(run("keys", "reseal")).isZero();
    assertThat(out.toString()).containsPattern("access.staff +0 rows sealed anew");
    assertThat(run("staff", "list")).isZero();
    assertThat(out.toString()).contains("ada@tocsin.example");
    assertThat(run("staff", "add", "ada@tocsin.example", "--role", "approver")).isEqualTo(1);
    assertThat(Keyring.open(hub.folder.resolve("keys"), false).sealer().newestPrefix())
        .isNotEqualTo(hub.keyring.sealer().newestPrefix());
  }

  private Staff staff() {
    return new Staff(
        hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, InstantSource.system());
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--conf";
    all[words.length + 1] = conf.toString();
    CommandLine line = App.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(words.length == 1 && words[0].equals("staff") ? words : all);
  }
}
