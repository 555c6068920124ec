package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.crypto.Keyring;

class PersonLinksTest {
  private static final Instant NOW = Instant.parse("2026-06-15T09:00:00.123456Z");
  private static final List<String> TOPICS =
      SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true")).topics();
  private static final PersonLinks LINKS = links();

  private static PersonLinks links() {
    return new PersonLinks(
        Keyring.open(Path.of("target/person-links-keys").toAbsolutePath(), true).tokens(),
        SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true")).http());
  }

  @Property(tries = 200)
  void anUnsubscribeLinkNamesPersonAndLists(
      @ForAll @LongRange(min = 1, max = 4_294_967_295L) long id,
      @ForAll @IntRange(min = 1, max = 11) int topics) {
    List<String> through = TOPICS.subList(0, topics);
    String token = LINKS.unsubscribe(new SubscriberId(id), through);
    PersonLinks.Unsubscribe read = LINKS.readUnsubscribe(token).orElseThrow();
    assertThat(read.id()).isEqualTo(new SubscriberId(id));
    assertThat(read.topics())
        .containsExactlyElementsOf(through.stream().map(Topics::number).toList());
    assertThat(LINKS.unsubscribe(new SubscriberId(id), through)).isEqualTo(token);
  }

  @Property(tries = 200)
  void aConfirmationNamesWhatWasAskedAndWhen(
      @ForAll @LongRange(min = 1) long id,
      @ForAll @IntRange(min = 1) int generation,
      @ForAll @IntRange(min = 1, max = 11) int topics) {
    List<String> asked = TOPICS.subList(0, topics);
    PersonLinks.Confirm read =
        LINKS
            .readConfirm(LINKS.confirm(new SubscriberId(id), generation, NOW, asked))
            .orElseThrow();
    assertThat(read.id()).isEqualTo(new SubscriberId(id));
    assertThat(read.links()).isEqualTo(generation);
    assertThat(read.topics())
        .containsExactlyElementsOf(asked.stream().map(Topics::number).toList());
    assertThat(read.asked()).isEqualTo(Instant.parse("2026-06-15T09:00:00.124Z"));
  }

  @Test
  void threeListsFitTheNameOfAMailbox() {
    String token = LINKS.unsubscribe(new SubscriberId(4_000_000_000L), TOPICS.subList(0, 3));
    assertThat("u+" + token).hasSizeLessThanOrEqualTo(62);
  }

  @Test
  void aLinkToTwentyTopicsIsStillALink() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add("topic-" + i);
    }
    assertThat(LINKS.confirm(new SubscriberId(7), 1, NOW, many)).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void aTokenOpensOneDoorOnly() {
    String token = LINKS.unsubscribe(new SubscriberId(7), TOPICS.subList(0, 3));
    assertThat(LINKS.readUnsubscribe(token)).isPresent();
    assertThat(LINKS.readUnsubscribe(token.toUpperCase(java.util.Locale.ROOT))).isPresent();
    assertThat(LINKS.readConfirm(token)).isEmpty();
    assertThat(LINKS.readPreferences(token)).isEmpty();
    assertThat(LINKS.readProof(token)).isEmpty();
    char changed = token.charAt(5) == 'a' ? 'b' : 'a';
    assertThat(LINKS.readUnsubscribe(token.substring(0, 5) + changed + token.substring(6)))
        .isEmpty();
  }
}
