package org.tocsin.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.tocsin.testing.Needles;

/** Everything that left a hub, by the way it left. */
final class Overheard {
  /** Who hears it. */
  enum Ear {
    /** Anybody: the site, feeds, public events, letters to subscribers, logs, metrics. */
    EVERYBODY,
    /** Members, partners behind network webhooks, and staff who may not read cases. */
    TRUSTED
  }

  record Said(Ear ear, String channel, String text) {}

  final List<Said> all = new ArrayList<>();

  void hear(Ear ear, String channel, String text) {
    all.add(new Said(ear, channel, text));
  }

  /** Each line names a channel and a word that must not be in it. */
  List<String> anywhere(Collection<String> words) {
    return found(words, Set.of(Ear.values()));
  }

  List<String> whereEverybodyHears(Collection<String> words) {
    return found(words, Set.of(Ear.EVERYBODY));
  }

  private List<String> found(Collection<String> words, Set<Ear> ears) {
    Needles needles = new Needles(words);
    return all.stream()
        .filter(said -> ears.contains(said.ear()))
        .flatMap(said -> needles.in(said.text()).stream().map(word -> said.channel() + ": " + word))
        .toList();
  }
}
