package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.platform.crypto.Keyring;
import org.tocsin.platform.database.Resealing;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.testing.OpenedCopy;
import org.tocsin.testing.StolenCopy;

/** What a thief of the database reads of newsletters, and what survives a change of keys. */
class SealedNewslettersTest {
  private static final String NAME = "Quellwin Tarabos";
  private static final List<String> HIDDEN =
      List.of("Quellwin", "Tarabos", "Headline-3f", "Beside-3f", "Too plain about", "Sketched-3f");

  private final Pressroom room = new Pressroom();

  @AfterEach
  void close() {
    room.close();
  }

  private Draft naming(String month) {
    return new Draft(
        month,
        "Headline-3f of " + NAME,
        "Beside-3f " + NAME,
        "We think of **" + NAME + "** this month.",
        List.of("newsletter"));
  }

  private Newsletter submitted() {
    Newsletter created =
        room.newsletters.create(naming(room.freshMonth()), room.editor, room.words);
    return room.newsletters.submit(created.id(), room.editor);
  }

  /** One in each state that the public does not see. */
  private Released everythingButPublic() {
    room.newsletters.create(naming(room.freshMonth()), room.editor, room.words);
    Newsletter returned = submitted();
    room.newsletters.reject(returned.id(), room.approver, "Too plain about " + NAME, room.words);
    submitted();
    room.newsletters.approve(submitted().id(), room.approver, Optional.empty());
    new Sketches(room.hub.hub, room.hub.keyring.sealer(), room.hub.clock)
        .keep(room.editor, new Draft("2030-01", "Sketched-3f " + NAME, "", NAME, List.of()));
    Newsletter approved =
        room.newsletters.approve(submitted().id(), room.approver, Optional.empty());
    Instant later = room.hub.clock.instant().plus(Duration.ofDays(2));
    return room.newsletters.release(approved.id(), room.officer, Optional.of(later));
  }

  @Test
  void aStolenCopyShowsNoWordOfWhatIsNotPublic() {
    Released scheduled = everythingButPublic();
    StolenCopy copy = StolenCopy.of(room.hub.address);
    assertThat(copy.tables())
        .contains(
            "publications.newsletter",
            "publications.pressed_newsletter",
            "publications.sketch",
            "publications.submission",
            "publications.hold",
            "engine.content",
            "network.event");
    assertThat(HIDDEN).noneMatch(copy::shows);
    OpenedCopy opened =
        OpenedCopy.of(room.hub.hub, room.hub.keyring.sealer(), Newsletters.sealedTables());
    assertThat(HIDDEN).allMatch(opened::shows);
    while (room.newsletters.lookThrough()) {
      // until nothing waits to be looked through
    }
    assertThat(HIDDEN).noneMatch(StolenCopy.of(room.hub.address)::shows);

    room.hub.clock.advance(Duration.ofDays(3));
    room.newsletters.publishDue();
    String month = scheduled.newsletter().draft().month();
    assertThat(room.archive.find(month))
        .hasValueSatisfying(
            issue ->
                assertThat(((Issue.Published) issue).html())
                    .contains("<strong>" + NAME + "</strong>"));
    JsonObject event =
        room.hub.hub.get(
            "SELECT body FROM network.event WHERE release = $1",
            row -> row.getJsonObject("body"),
            scheduled.release().value());
    assertThat(event.encode()).contains("Headline-3f of " + NAME);
  }

  @Test
  void aNewKeySealsEverythingAnewAndNothingIsLost() {
    Released scheduled = everythingButPublic();
    Newsletter before = room.newsletters.get(scheduled.newsletter().id());
    Pressed pressed = room.newsletters.pressed(before.id());
    Keyring.rotate(room.hub.folder.resolve("keys"));
    Keyring rotated = Keyring.open(room.hub.folder.resolve("keys"), false);
    Resealing resealing = new Resealing(room.hub.hub, rotated.sealer(), rotated.lookup());
    for (SealedTable table : Newsletters.sealedTables()) {
      assertThat(resealing.run(table, done -> {})).as(table.name()).isPositive();
    }
    SealedTable content =
        Broadcasts.sealedTables().stream()
            .filter(table -> table.name().equals("engine.content"))
            .findFirst()
            .orElseThrow();
    assertThat(resealing.run(content, done -> {})).isPositive();
    NewsletterVault vault = new NewsletterVault(rotated.sealer());
    assertThat(new NewsletterRepository(vault).find(room.hub.hub, before.id())).hasValue(before);
    assertThat(new PressedRepository(vault).of(room.hub.hub, before.id())).isEqualTo(pressed);
  }
}
