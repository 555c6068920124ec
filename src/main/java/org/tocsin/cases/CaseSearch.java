package org.tocsin.cases;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tocsin.access.StaffId;
import org.tocsin.platform.language.Messages;

/**
 * Finds cases by words. Everything is sealed, so it opens and reads in memory, and only what this
 * member of staff may open: a hit tells as much as the text itself.
 */
public final class CaseSearch {
  private static final int ALL = 100_000;
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private final Casebook book;
  private final RecordRepository records;

  public CaseSearch(Casebook book) {
    this.book = book;
    this.records = new RecordRepository(book.vault);
  }

  /**
   * Those in which every word occurs, whatever its case and accents; the newest first. That
   * somebody searched is written down, and how many they found; never for what.
   */
  public List<CaseFile> find(String typed, StaffId viewer, Messages words) {
    List<String> sought =
        Arrays.stream(plain(typed).split("\\s+")).filter(word -> !word.isEmpty()).toList();
    if (sought.isEmpty()) {
      return List.of();
    }
    List<CaseFile> found = found(sought, viewer, words);
    book.audit.read(viewer.actor(), "case_search", Casebook.ALL, found.size());
    return found;
  }

  private List<CaseFile> found(List<String> sought, StaffId viewer, Messages words) {
    return book.database.transaction(
        tx -> {
          List<CaseFile> visible = book.cases.list(tx, viewer, "", Long.MAX_VALUE, ALL);
          Map<CaseId, StringBuilder> texts = new HashMap<>();
          visible.forEach(file -> texts.put(file.id(), ofFile(file, words)));
          Set<CaseId> own = book.teams.casesOf(tx, viewer);
          records.texts(
              tx,
              (id, forTeam) -> texts.containsKey(id) && (!forTeam || own.contains(id)),
              (id, text) ->
                  texts.computeIfPresent(id, (known, all) -> all.append('\n').append(text)));
          return visible.stream()
              .filter(
                  file -> {
                    String text = plain(String.valueOf(texts.get(file.id())));
                    return sought.stream().allMatch(text::contains);
                  })
              .toList();
        });
  }

  private static StringBuilder ofFile(CaseFile file, Messages words) {
    CaseDetails details = file.details();
    return new StringBuilder(
        String.join(
            "\n",
            file.reference().text(),
            details.name(),
            details.otherNames(),
            Countries.name(details.country(), words),
            words.text("cases.profession." + details.profession().name()),
            details.summary()));
  }

  private static String plain(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
