package org.tocsin.web.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Leak;
import org.tocsin.cases.LeakLint;
import org.tocsin.cases.LeakLint.Extent;
import org.tocsin.platform.crypto.OpaqueIds;

/**
 * The places of a text that may tell of a case, for whoever may read cases. Nobody else is given
 * one, nor how many there are.
 */
public final class LeakPlaces {
  private static final int AROUND = 48;
  private static final int SHOWN = 40;

  private final Cases cases;
  private final LeakLint lint;
  private final Audit audit;
  private final CaseIds ids;

  LeakPlaces(Cases cases, LeakLint lint, Audit audit, OpaqueIds ids) {
    this.cases = cases;
    this.lint = lint;
    this.audit = audit;
    this.ids = new CaseIds(ids);
  }

  /**
   * @param reference of the case; none where the visitor may not open it
   * @param path of the case's page
   */
  public record Place(
      Optional<String> reference,
      Optional<String> path,
      Leak.Kind kind,
      String before,
      String words,
      String after) {}

  /**
   * @param count of certain places, as they were found just now
   * @param more how many further words are not shown
   */
  public record Places(List<Place> certain, List<Place> possible, int count, int more) {
    public boolean isEmpty() {
      return certain.isEmpty() && possible.isEmpty();
    }
  }

  /**
   * A search over all cases, written down as one: also where it finds nothing, so that no reader of
   * the audit learns from an entry which texts name somebody.
   *
   * @param subject whose text it is, as the audit names it
   */
  Optional<Places> of(String subject, String text, StaffMember viewer) {
    if (!viewer.may(Permission.READ_CASES)) {
      return Optional.empty();
    }
    List<Leak> leaks = lint.find(text, Extent.PUBLIC);
    List<Leak> certain = leaks.stream().filter(Leak::certain).toList();
    List<Place> first = places(text, certain, viewer);
    List<Place> second =
        places(text, leaks.stream().filter(leak -> !leak.certain()).toList(), viewer);
    audit.read(viewer.id().actor(), "leak_places", subject, first.size() + second.size());
    return Optional.of(
        new Places(
            first,
            second.stream().limit(SHOWN).toList(),
            certain.size(),
            Math.max(0, second.size() - SHOWN)));
  }

  /** The same words of the same case are one place, shown where they first stand. */
  private List<Place> places(String text, List<Leak> leaks, StaffMember viewer) {
    Map<Map.Entry<Optional<CaseId>, String>, Leak> alike = new LinkedHashMap<>();
    for (Leak leak : leaks) {
      String words = text.substring(leak.from(), leak.to()).toLowerCase(Locale.ROOT);
      alike.putIfAbsent(Map.entry(leak.caseId(), words), leak);
    }
    return alike.values().stream().map(leak -> place(text, leak, viewer)).toList();
  }

  /** A sealed case is not there for whoever is not of its team; its name is found all the same. */
  private Place place(String text, Leak leak, StaffMember viewer) {
    Optional<CaseFile> file = leak.caseId().flatMap(id -> cases.find(id, viewer.id()));
    return new Place(
        file.map(found -> found.reference().text()),
        file.map(found -> ids.path(found.id())),
        leak.kind(),
        text.substring(Math.max(0, leak.from() - AROUND), leak.from()),
        text.substring(leak.from(), leak.to()),
        text.substring(leak.to(), Math.min(text.length(), leak.to() + AROUND)));
  }
}
