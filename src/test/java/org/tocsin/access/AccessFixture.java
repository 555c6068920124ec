package org.tocsin.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.database.Tx;
import org.tocsin.testing.TestHub;

/**
 * Staff, sign-in and tokens over a test's own database, with a post that keeps what it is given.
 */
final class AccessFixture implements AutoCloseable {
  static final String PASSWORD = "a bell that rings at night";
  static final String OFFICE = "192.0.2.7";

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
  final List<Mailed> mailed = new ArrayList<>();
  final SignInLinks links =
      new SignInLinks(
          hub.hub,
          staff,
          hub.keyring.sealer(),
          hub.keyring.lookup(),
          hub.audit,
          hub.bus,
          hub.clock,
          (tx, to, token, expires) -> mailed.add(new Mailed(to.email(), token, expires)));

  record Mailed(String to, String token, Instant expires) {}

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
