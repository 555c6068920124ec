package org.tocsin.hub;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.NewMember;
import org.tocsin.correspondents.Wishes;
import org.tocsin.platform.address.EmailAddress;

/**
 * 24 invented health professionals and interpreters, who offer one to three areas each and read
 * five languages; one is suspended, one travels. Each surname is one of a kind.
 */
final class DemoVolunteers {
  private static final String ACTOR = "system";
  private static final int VOLUNTEERS = 24;
  private static final int SUSPENDED = 22;
  private static final int TRAVELLING = 23;
  private static final List<String> FIRST =
      List.of("Noor", "Otto", "Petra", "Quirin", "Runa", "Silas", "Tilda");
  private static final List<String> BEGIN = List.of("Curavel", "Sanivor", "Medarru");
  private static final List<String> END =
      List.of("aby", "eck", "ino", "ost", "und", "ark", "ely", "imm");
  private static final List<String> LANGUAGES = List.of("en", "en", "fr", "es", "en", "ar", "de");

  private final Features hub;

  DemoVolunteers(Features hub) {
    this.hub = hub;
  }

  List<NewMember> people() {
    return IntStream.range(0, VOLUNTEERS).mapToObj(this::volunteer).toList();
  }

  private NewMember volunteer(int i) {
    return new NewMember(
        Circle.VOLUNTEER,
        FIRST.get(i % FIRST.size()) + " " + BEGIN.get(i / END.size()) + END.get(i % END.size()),
        address(i),
        LANGUAGES.get(i % LANGUAGES.size()),
        areas(i),
        Optional.empty());
  }

  static EmailAddress address(int i) {
    return EmailAddress.parse("volunteer." + (i + 1) + "@clinic.example").orElseThrow();
  }

  private List<String> areas(int i) {
    List<String> all = hub.areas.ids();
    return hub.areas.known(
        IntStream.rangeClosed(0, i % 3).mapToObj(k -> all.get((i + 3 * k) % all.size())).toList());
  }

  /** Once they are members. */
  void settle() {
    hub.members.suspend(ACTOR, id(SUSPENDED));
    Wishes away =
        new Wishes(
            Wishes.Frequency.IMMEDIATE,
            Set.of(),
            Optional.of(hub.clock.instant().plus(Duration.ofDays(12))));
    MemberId traveller = id(TRAVELLING);
    hub.memberChoices.set(
        traveller, away, LANGUAGES.get(TRAVELLING % LANGUAGES.size()), areas(TRAVELLING));
  }

  private MemberId id(int i) {
    return hub.members.find(ACTOR, address(i)).orElseThrow();
  }
}
