package org.tocsin.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tocsin.correspondents.Academy;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.NewMember;
import org.tocsin.platform.address.EmailAddress;

/**
 * 200 invented elected members, 120 of them correspondents, 12 academy contacts, 24 volunteers
 * ({@link DemoVolunteers}), and five of the staff who practise; the same in every demonstration.
 * Each surname is one of a kind, so that a search for it finds any leak.
 */
final class DemoMembers {
  private static final String ACTOR = "system";
  private static final int CORRESPONDENTS = 120;
  private static final int CONTACTS = 12;
  private static final int PRACTISING = 5;
  private static final List<String> FIRST =
      List.of(
          "Alma", "Bruno", "Celia", "Dario", "Edda", "Felix", "Greta", "Hugo", "Irma", "Jonas",
          "Klara");
  private static final List<String> BEGIN =
      List.of(
          "Ambro", "Belvi", "Corda", "Dravo", "Eskel", "Fendri", "Galvo", "Hespe", "Ivora", "Jasmo",
          "Kelpi", "Lomba", "Merzo", "Nivel", "Ostra", "Pelvo", "Quenta", "Rasmu", "Solvi",
          "Tirza");
  private static final List<String> END =
      List.of("dahl", "wick", "monte", "stern", "borg", "slav", "rano", "ford", "quist", "heim");
  private static final List<String> SECTIONS =
      List.of("Chemistry", "Physics", "Neuroscience", "Bioengineering", "Public health");

  private final Features hub;

  DemoMembers(Features hub) {
    this.hub = hub;
  }

  void write() {
    if (hub.members.overview().all() > 0) {
      return;
    }
    int elected = BEGIN.size() * END.size();
    StringBuilder roster = new StringBuilder("name,email,academy,section,year\n");
    List<NewMember> members = new ArrayList<>();
    for (int i = 0; i < elected; i++) {
      String academy = Academy.values()[i % Academy.values().length].name();
      String address = address(i, academy.toLowerCase(Locale.ROOT) + "-fellows.example");
      roster
          .append(name(i))
          .append(',')
          .append(address)
          .append(',')
          .append(academy)
          .append(',')
          .append(SECTIONS.get(i % SECTIONS.size()))
          .append(',')
          .append(1980 + i % 44)
          .append('\n');
      if (i < CORRESPONDENTS) {
        members.add(member(Circle.CORRESPONDENT, name(i), address));
      }
    }
    for (int i = 0; i < CONTACTS; i++) {
      String address = "contact@academy-" + (i + 1) + ".example";
      members.add(
          member(
              Circle.NETWORK,
              FIRST.get(i % FIRST.size()) + " Liaison" + END.get(i % END.size()) + i,
              address));
    }
    for (int i = 1; i <= PRACTISING; i++) {
      String address = "drill." + i + "@tocsin.example";
      members.add(member(Circle.DRILL, FIRST.get(i) + " Drillmark" + i, address));
    }
    DemoVolunteers volunteers = new DemoVolunteers(hub);
    members.addAll(volunteers.people());
    hub.rosterImport.run(ACTOR, roster.toString());
    hub.members.takeOver(ACTOR, members);
    volunteers.settle();
  }

  private static NewMember member(Circle circle, String name, String address) {
    return new NewMember(
        circle, name, EmailAddress.parse(address).orElseThrow(), "en", List.of(), Optional.empty());
  }

  private static String surname(int i) {
    return BEGIN.get(i / END.size()) + END.get(i % END.size());
  }

  private static String name(int i) {
    return FIRST.get(i % FIRST.size()) + " " + surname(i);
  }

  private static String address(int i, String domain) {
    return (FIRST.get(i % FIRST.size()) + "." + surname(i)).toLowerCase(Locale.ROOT) + "@" + domain;
  }
}
