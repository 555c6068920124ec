package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.database.DatabaseFailure;

/** What the public's role sees, and when. */
class ArchiveTest {
  private final Pressroom room = new Pressroom();

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void theSiteCanReadNothingButWhatIsPublished() {
    room.published();
    for (String table :
        List.of(
            "publications.newsletter",
            "publications.pressed_newsletter",
            "release.edit",
            "release.release",
            "engine.content",
            "access.staff")) {
      assertThatThrownBy(
              () -> room.hub.site.list("SELECT 1 FROM " + table, row -> row.getInteger(0)))
          .isInstanceOfSatisfying(
              DatabaseFailure.class, refused -> assertThat(refused.forbidden()).isTrue());
    }
    assertThatThrownBy(
            () -> room.hub.site.run("UPDATE publications.published_newsletter SET html = ''"))
        .isInstanceOfSatisfying(
            DatabaseFailure.class, refused -> assertThat(refused.forbidden()).isTrue());
    assertThat(
            room.hub.site.list(
                "SELECT month FROM publications.published_newsletter", row -> row.getString(0)))
        .hasSize(1);
  }

  @Test
  void theCourierReadsNoPublication() {
    for (String table : List.of("newsletter", "pressed_newsletter", "published_newsletter")) {
      assertThatThrownBy(
              () ->
                  room.hub.courier.list(
                      "SELECT 1 FROM publications." + table, row -> row.getInteger(0)))
          .isInstanceOf(DatabaseFailure.class);
    }
  }

  @Test
  void nothingIsSeenBeforeItsTimeOnAnyPath() {
    Released open = room.published();
    Instant later = room.hub.clock.instant().plus(Duration.ofMinutes(30));
    String atom = room.feeds.atom().body();
    String json = room.feeds.json().body();
    Archive.Page page = room.archive.list(Optional.empty(), 10);
    Newsletter closed =
        room.newsletters
            .release(room.approved().id(), room.officer, Optional.of(later))
            .newsletter();
    String month = closed.draft().month();

    room.hub.clock.advance(Duration.ofMinutes(29));
    assertThat(room.archive.find(month)).isEmpty();
    assertThat(room.archive.list(Optional.empty(), 10)).isEqualTo(page);
    assertThat(room.archive.list(Optional.empty(), 10).mark()).isEqualTo(page.mark());
    assertThat(room.archive.list(Optional.of(month), 10).items()).isEmpty();
    assertThat(room.archive.search(month)).isEmpty();
    assertThat(room.feeds.atom().body()).isEqualTo(atom);
    assertThat(room.feeds.json().body()).isEqualTo(json);
    assertThat(room.newsletters.publishDue()).isFalse();
    assertThat(room.archive.find(month)).isEmpty();

    room.hub.clock.advance(Duration.ofMinutes(1));
    room.newsletters.publishDue();
    assertThat(room.archive.find(month)).isPresent();
    assertThat(room.archive.list(Optional.empty(), 10).items())
        .extracting(Issue::month)
        .containsExactly(month, open.newsletter().draft().month());
    assertThat(room.archive.search(month)).hasSize(1);
    assertThat(room.feeds.atom().body()).contains(month);
    assertThat(room.feeds.json().body()).contains(month);
  }

  @Test
  void theArchiveIsReadInPagesNewestFirst() {
    for (int i = 0; i < 5; i++) {
      room.published();
      room.hub.clock.advance(Duration.ofDays(1));
    }
    Archive.Page first = room.archive.list(Optional.empty(), 2);
    Archive.Page second = room.archive.list(first.next(), 2);
    Archive.Page third = room.archive.list(second.next(), 2);
    assertThat(first.items()).extracting(Issue::month).containsExactly("2000-05", "2000-04");
    assertThat(second.items()).extracting(Issue::month).containsExactly("2000-03", "2000-02");
    assertThat(third.items()).extracting(Issue::month).containsExactly("2000-01");
    assertThat(third.next()).isEmpty();
    assertThat(room.archive.list(Optional.of("1999-01"), 2).items()).isEmpty();
  }

  @Test
  void aSearchFoldsWordsAndShowsWhereItFoundThem() {
    Newsletter issue = room.drafted();
    room.rewritten(
        issue,
        """
        ## Released

        Three **chemists** & a <physician> were released in
        [Qasmar](https://a.example/q) after members wrote letters.
        """,
        room.editor);
    room.newsletters.submit(issue.id(), room.editor);
    room.newsletters.approve(issue.id(), room.approver, Optional.empty());
    room.newsletters.release(issue.id(), room.officer, Optional.empty());
    room.published();

    List<Found> found = room.archive.search("letter release");
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().excerpt())
        .filteredOn(Found.Piece::hit)
        .extracting(Found.Piece::text)
        .contains("released", "letters");
    assertThat(String.join("", found.getFirst().excerpt().stream().map(Found.Piece::text).toList()))
        .contains("Three chemists", "in Qasmar after")
        .doesNotContain("---", "*", "a.example");
    assertThat(room.archive.search("\"members wrote\"")).hasSize(1);
    assertThat(room.archive.search("chemist -qasmar")).hasSize(1);
    for (String odd :
        List.of("'", "\"", "a & | !", "\\", "%", "<script>", "💥", "\u0000x".substring(1), " ")) {
      assertThat(room.archive.search(odd)).isNotNull();
    }
    assertThat(room.archive.search("x".repeat(Archive.MAX_QUERY + 1))).isEmpty();
  }

  @Test
  void aMarkTellsOfTheContentAndOfNothingElse() {
    Issue issue = room.archive.find(room.published().newsletter().draft().month()).orElseThrow();
    String mark = issue.mark().hex();
    room.drafted();
    room.published();
    room.hub.clock.advance(Duration.ofDays(3));
    Issue later = room.archive.find(issue.month()).orElseThrow();
    assertThat(later.mark().hex()).isEqualTo(mark);
    assertThat(later.changedAt()).isEqualTo(issue.visibleAt());
  }
}
