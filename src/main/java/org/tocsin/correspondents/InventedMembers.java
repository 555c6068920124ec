package org.tocsin.correspondents;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.database.Database;

/** Many correspondents at once, at a reserved domain, for measuring. */
public final class InventedMembers {
  /** What tells their mail from anybody else's. */
  public static final String DOMAIN = "@correspondents.example";

  private final Database hub;
  private final MemberRepository members;
  private final InstantSource clock;

  public InventedMembers(Database hub, MemberVault vault, InstantSource clock) {
    this.hub = hub;
    this.members = new MemberRepository(vault);
    this.clock = clock;
  }

  public void write(int many) {
    hub.inTransaction(
        tx -> {
          for (int number = 1; number <= many; number++) {
            members.insert(tx, member(number), clock.instant());
          }
        });
  }

  private static NewMember member(int number) {
    return new NewMember(
        Circle.CORRESPONDENT,
        "Member " + number,
        EmailAddress.stored("member" + number + DOMAIN),
        "en",
        List.of(),
        Optional.empty());
  }
}
