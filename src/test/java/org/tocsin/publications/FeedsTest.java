package org.tocsin.publications;

import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FeedsTest {
  private final Pressroom room = new Pressroom();

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void anAtomReaderUnderstandsTheFeed() throws Exception {
    room.published();
    room.hub.clock.advance(Duration.ofDays(30));
    room.published();
    FeedDocument document = room.feeds.atom();
    SyndFeed feed = new SyndFeedInput().build(new StringReader(document.body()));
    assertThat(feed.getFeedType()).isEqualTo("atom_1.0");
    assertThat(feed.getUri()).isEqualTo("tag:news.example,2026:newsletters");
    assertThat(feed.getPublishedDate().toInstant()).isEqualTo("2026-07-15T09:00:00Z");
    assertThat(feed.getEntries())
        .extracting(SyndEntry::getUri)
        .containsExactly(
            "tag:news.example,2026-07-15:newsletters/2000-02",
            "tag:news.example,2026-06-15:newsletters/2000-01");
    SyndEntry entry = feed.getEntries().getFirst();
    assertThat(entry.getLink()).isEqualTo("https://news.example/newsletters/2000-02");
    assertThat(entry.getTitle()).isEqualTo("Letter of 2000-02");
    assertThat(entry.getContents().getFirst().getValue()).contains("<strong>Norvania</strong>");
    assertThat(document.body())
        .contains("xml:lang=\"en\"")
        .contains("rel=\"self\"")
        .contains("https://news.example/feeds/newsletters.atom")
        .contains("<summary type=\"text\">What we did in 2000-02</summary>");
    assertThat(document.updated()).hasValue(room.hub.clock.instant());
  }

  @Test
  void aJsonReaderUnderstandsTheFeed() {
    room.published();
    JsonObject feed = new JsonObject(room.feeds.json().body());
    assertThat(feed.getString("version")).isEqualTo("https://jsonfeed.org/version/1.1");
    assertThat(feed.getString("feed_url")).isEqualTo("https://news.example/feeds/newsletters.json");
    JsonObject item = feed.getJsonArray("items").getJsonObject(0);
    assertThat(item.getString("id")).isEqualTo("tag:news.example,2026-06-15:newsletters/2000-01");
    assertThat(item.getString("url")).isEqualTo("https://news.example/newsletters/2000-01");
    assertThat(item.getString("content_html")).contains("<strong>Norvania</strong>");
    assertThat(item.getString("content_text")).contains("Norvania").doesNotContain("<");
    assertThat(item.getJsonArray("tags")).isEqualTo(new JsonArray(List.of("newsletter")));
  }

  @Test
  void aWithdrawnIssueIsDeletedFromBothFeeds() throws Exception {
    Released released = room.published();
    room.hub.clock.advance(Duration.ofHours(3));
    room.newsletters.withdraw(released.newsletter().id(), room.officer);
    FeedDocument atom = room.feeds.atom();
    assertThat(new SyndFeedInput().build(new StringReader(atom.body())).getEntries()).isEmpty();
    assertThat(atom.body())
        .contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\"")
        .contains("<at:deleted-entry ref=\"tag:news.example,2026-06-15:newsletters/2000-01\"")
        .contains("when=\"2026-06-15T12:00:00Z\"")
        .doesNotContain("Norvania");
    JsonObject json = new JsonObject(room.feeds.json().body());
    assertThat(json.getJsonArray("items")).isEmpty();
    assertThat(json.encode())
        .contains("tag:news.example,2026-06-15:newsletters/2000-01")
        .doesNotContain("Norvania");
    assertThat(atom.updated()).hasValue(room.hub.clock.instant());
  }

  @Test
  void anEmptyArchiveIsAnEmptyFeed() throws Exception {
    SyndFeed feed = new SyndFeedInput().build(new StringReader(room.feeds.atom().body()));
    assertThat(feed.getEntries()).isEmpty();
    assertThat(room.feeds.json().updated()).isEmpty();
  }

  @Test
  void theMarkStaysAsLongAsTheContent() {
    room.published();
    FeedDocument before = room.feeds.atom();
    room.hub.clock.advance(Duration.ofDays(2));
    room.drafted();
    assertThat(room.feeds.atom()).isEqualTo(before);
    assertThat(room.feeds.atom().mark()).isEqualTo(before.mark());
    room.published();
    assertThat(room.feeds.atom().mark()).isNotEqualTo(before.mark());
  }
}
