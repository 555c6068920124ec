package org.tocsin.chaos;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.CRC32;
import org.tocsin.subscribers.InventedSubscribers;
import org.tocsin.subscribers.PeopleVault;
import org.tocsin.testing.FrontDoor;

/** Who subscribes to the newsletter. */
final class Readers {
  static final int MOST_CASES = Integer.getInteger("readers", 1_000);

  /** So many that one node cannot hold all segments. */
  private static final int ALL = MOST_CASES + 8_000;

  private final Ground ground;
  private int all;

  Readers(Ground ground) {
    this.ground = ground;
  }

  void invent() {
    growTo(ALL);
  }

  void growTo(int many) {
    new InventedSubscribers(
            ground.hub,
            new PeopleVault(ground.keyring.sealer(), ground.keyring.lookup()),
            InstantSource.system())
        .write(all + 1, many - all);
    all = many;
  }

  /** Every reader, or only so many that a case is short. */
  void wake(boolean awake) {
    ground.hub.run(
        """
        UPDATE people.subscriber SET state = CASE WHEN $1 THEN 'ACTIVE' ELSE 'PAUSED' END
        WHERE id IN (SELECT id FROM people.subscriber WHERE consent_source LIKE 'invented%'
          ORDER BY id DESC LIMIT $2)
        """,
        awake, all - MOST_CASES);
  }

  /** To how many an issue released now is owed. */
  int due() {
    return ground.hub.get(
        """
        SELECT count(*)::int AS due FROM people.subscriber s
        JOIN people.subscription t ON t.subscriber = s.id AND t.topic = 'newsletter'
        WHERE s.state = 'ACTIVE' AND t.state = 'ACTIVE'
        """,
        row -> row.getInteger("due"));
  }

  /** Spread over all. */
  List<Long> some(int many) {
    return ground.hub.list(
        "SELECT id FROM people.subscriber WHERE state = 'ACTIVE' ORDER BY id % 97, id LIMIT $1",
        row -> row.getLong("id"), many);
  }

  /** By the link in their mails, with one press (RFC 8058). */
  void leave(FrontDoor door, long reader) {
    CRC32 topic = new CRC32();
    topic.update("newsletter".getBytes(StandardCharsets.UTF_8));
    String token = ground.keyring.tokens().issue("unsubscribe", reader << 32 | topic.getValue());
    HttpResponse<String> answer =
        door.send(door.form("/u/" + token, "List-Unsubscribe", "One-Click"));
    if (answer.statusCode() >= 400) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
  }

  void bringBack(List<Long> readers) {
    Long[] ids = readers.toArray(Long[]::new);
    ground.hub.run(
        "UPDATE people.subscriber SET state = 'ACTIVE' WHERE id = ANY($1)", (Object) ids);
    ground.hub.run(
        "UPDATE people.subscription SET state = 'ACTIVE' WHERE subscriber = ANY($1)", (Object) ids);
  }

  /** Somebody's address is no longer what was sealed. */
  void spoil(long reader) {
    setAddress(reader, "'\\x00'::bytea || address_sealed");
  }

  void mend(long reader) {
    setAddress(reader, "substring(address_sealed FROM 2)");
  }

  private void setAddress(long reader, String address) {
    ground.hub.run(
        "UPDATE people.subscriber SET address_sealed = " + address + " WHERE id = $1", reader);
  }
}
