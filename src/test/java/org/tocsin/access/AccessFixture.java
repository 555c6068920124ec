package org.tocsin.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.address.SourceNetwork;
import org.tocsin.platform.database.Tx;
import org.tocsin.testing.TestHub;

/**
 * Staff, sign-in and tokens over a test's own database, with a post that keeps what it is given.
 */
final class AccessFixture implements AutoCloseable {
  static final int STRANGERS = 5;
  static final String PASSWORD = "a bell that rings at night";
  static final Asker OFFICE = from("192.0.2.7");

  final TestHub hub = new TestHub();
  final Staff staff =
      new Staff(hub.hub, hub.keyring.sealer(), hub.keyring.lookup(), hub.audit, hub.clock);
  final SignIn signIn = new SignIn(hub.hub, staff, hub.keyring.lookup(), hub.audit, hub.clock);
  final OwnPassword ownPassword =
      new OwnPassword(hub.hub, staff, hub.keyring.lookup(), hub.audit, hub.clock);
  final List<String> told = new ArrayList<>();
  final TokenPost tokenPost =
      new TokenPost() {
        @Override
        public void made(Tx tx, StaffMember owner, ApiTokens.Token token) {
          told.add("made " + owner.email() + " " + token.name());
        }

        @Override
        public void ends(Tx tx, StaffMember owner, ApiTokens.Token token) {
          told.add("ends " + owner.email() + " " + token.name());
        }
      };
  final ApiTokens tokens = new ApiTokens(hub.hub, staff, tokenPost, hub.audit, hub.clock);
  final TokenNotices notices = new TokenNotices(hub.hub, staff, tokenPost, hub.clock);
  final Marks marks = new Marks(hub.keyring.tokens(), hub.clock);
  final LetterBudget budget =
      new LetterBudget(
          hub.keyring.lookup(), new Attempts(hub.keyring.lookup(), hub.clock), STRANGERS);
  final List<Mailed> mailed = new ArrayList<>();
  final SignInLinks links =
      new SignInLinks(
          hub.hub,
          staff,
          hub.keyring.sealer(),
          hub.keyring.lookup(),
          marks,
          budget,
          hub.audit,
          hub.bus,
          hub.clock,
          (tx, to, link) -> mailed.add(new Mailed(to.email(), link)));

  record Mailed(String to, MailedLink link) {
    String token() {
      return link.token();
    }
  }

  /** Somebody in that network, of whose browser nothing is known. */
  static Asker from(String source) {
    return Asker.stranger(SourceNetwork.of(source));
  }

  /** Somebody in that network with a browser of their own. */
  static Asker browser(String source, String secret) {
    return new Asker(SourceNetwork.of(source), secret, List.of());
  }

  /** That browser, once this person came in by it. */
  Asker marked(Asker asker, StaffMember who) {
    return new Asker(
        asker.network(), asker.browser(), marks.read(marks.add("", Door.STAFF, who.id().value())));
  }

  Optional<SignIn.Opened> byPrinted(String token) {
    return signIn.byLink(token, "");
  }

  StaffMember add(String email, Role... roles) {
    return staff.add("system", email, "Somebody", Set.of(roles));
  }

  StaffMember addWithPassword(String email, Role... roles) {
    StaffMember member = add(email, roles);
    staff.setPassword("system", member, PASSWORD);
    return staff.get(member.id());
  }

  long rows(String table) {
    return hub.hub.get("SELECT count(*) AS n FROM access." + table, row -> row.getLong("n"));
  }

  List<String> audited() {
    return hub.audit.latest("", Long.MAX_VALUE, 100).reversed().stream()
        .map(AccessFixture::line)
        .toList();
  }

  private static String line(AuditEntry entry) {
    return entry.actor() + " " + entry.action() + " " + entry.subject() + " " + entry.detail();
  }

  @Override
  public void close() {
    hub.close();
  }
}
