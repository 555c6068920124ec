package org.tocsin.hub;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.tocsin.access.ApiTokens;
import org.tocsin.access.ApiTokens.Token;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;
import org.tocsin.access.TokenPost;
import org.tocsin.platform.database.Tx;

/**
 * One invented member of staff a role, and {@code demo-access.json} with a bearer token and a fresh
 * one-time sign-in link for each. A demo only: nothing else writes a secret to a file, renews a
 * token or makes one without telling its owner.
 */
final class DemoStaff {
  static final String FILE = "demo-access.json";
  private static final String ACTOR = "system";
  private static final Map<Role, String> NAMES =
      Map.of(
          Role.CASE_OFFICER, "Ines Castellanos",
          Role.APPROVER, "Oleksandr Wójcik",
          Role.RELEASE_OFFICER, "Thandiwe Mwangi",
          Role.NEWSLETTER_EDITOR, "Dalia Petrović",
          Role.MEMBERSHIP_OFFICER, "Jamal Nakamura",
          Role.INTEGRATION_ADMIN, "Quynh Eriksson",
          Role.AUDITOR, "Søren Abara",
          Role.SECURITY_ADMIN, "Zofia Haddad");

  private final Features hub;
  private final Path file;

  DemoStaff(Features hub, Path folder) {
    this.hub = hub;
    this.file = folder.resolve(FILE);
  }

  /** Adds who is missing, and writes the file anew; tokens that still work are renewed. */
  JsonObject write() {
    ApiTokens tokens = new ApiTokens(hub.hub, hub.staff, new NoPost(), hub.audit, hub.clock);
    JsonObject before = read();
    JsonObject access = new JsonObject();
    for (Role role : Role.values()) {
      String email = role.word().replace('_', '.') + "@staff.tocsin.example";
      StaffMember member =
          hub.staff
              .findByEmail(email)
              .orElseGet(
                  () ->
                      hub.staff.add(
                          ACTOR, email, NAMES.getOrDefault(role, role.word()), Set.of(role)));
      String known = before.getJsonObject(role.word(), new JsonObject()).getString("token", "");
      String token =
          tokens.renew(known) ? known : tokens.create(ACTOR, member, "demonstration", Set.of(role));
      access.put(
          role.word(),
          new JsonObject()
              .put("email", email)
              .put("token", token)
              .put(
                  "sign_in_url",
                  hub.settings
                      .http()
                      .link("/desk/sign-in/" + hub.signInLinks.print(ACTOR, member))));
    }
    save(access);
    return access;
  }

  /** Nobody reads mail who is invented; the file is where everybody looks. */
  private static final class NoPost implements TokenPost {
    @Override
    public void made(Tx tx, StaffMember owner, Token token) {}

    @Override
    public void ends(Tx tx, StaffMember owner, Token token) {}
  }

  private JsonObject read() {
    try {
      return Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject();
    } catch (IOException | io.vertx.core.json.DecodeException damaged) {
      return new JsonObject();
    }
  }

  private void save(JsonObject access) {
    try {
      Path partial = file.resolveSibling(FILE + ".partial");
      Files.deleteIfExists(partial);
      Files.createFile(
          partial,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(partial, access.encodePrettily() + "\n");
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }
}
