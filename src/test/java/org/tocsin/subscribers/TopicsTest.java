package org.tocsin.subscribers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tocsin.platform.config.InvalidSettings;
import org.tocsin.platform.config.SettingsLoader;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

class TopicsTest {
  private final Messages english = Languages.load().in("en");

  @Test
  void everyTopicOfTheDefaultsHasWords() {
    List<String> ids = SettingsLoader.defaults(Map.of("TOCSIN_DEMO", "true")).topics();
    assertThat(ids).startsWith("newsletter", "events", "updates").contains("torture").hasSize(11);
    assertThat(ids).allMatch(id -> english.has("site.topic." + id));
    assertThat(new Topics(ids).ids()).isEqualTo(ids);
  }

  @Test
  void aTopicWithoutWordsIsReadable() {
    assertThat(Topics.label("forced-labour", english)).isEqualTo("Forced labour");
  }

  @Test
  void aDeploymentListsItsOwnTopics() {
    assertThat(
            SettingsLoader.defaults(
                    Map.of("TOCSIN_DEMO", "true", "TOCSIN_TOPICS", "bulletin, forced-labour"))
                .topics())
        .containsExactly("bulletin", "forced-labour");
  }

  @Test
  void aTopicThatIsNoWordIsASettingsProblem() {
    assertThatThrownBy(
            () ->
                SettingsLoader.defaults(
                    Map.of("TOCSIN_DEMO", "true", "TOCSIN_TOPICS", "Ok Then,a,a")))
        .isInstanceOfSatisfying(
            InvalidSettings.class,
            invalid ->
                assertThat(invalid.problems())
                    .anyMatch(problem -> problem.contains("'Ok Then'"))
                    .anyMatch(problem -> problem.contains("topics must name each one once")));
  }

  @Test
  void anOldTopicStandsLast() {
    assertThat(new Topics(List.of("b", "a")).ordered(List.of("old", "a", "b")))
        .containsExactly("b", "a", "old");
  }

  @Test
  void aTopicsNumberNeverChanges() {
    assertThat(Topics.number("newsletter")).isEqualTo(2_122_679_752);
  }
}
