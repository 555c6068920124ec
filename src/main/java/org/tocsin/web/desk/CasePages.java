package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.CaseSearch;
import org.tocsin.cases.Cases;
import org.tocsin.cases.SituationWord;
import org.tocsin.cases.WorkState;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** The list of cases, by state or by words. */
public final class CasePages {
  private static final int ROWS = 50;
  private static final int LONGEST_SEARCH = 200;

  private final Cases cases;
  private final CaseRecords records;
  private final CaseSearch search;
  private final CaseIds ids;
  private final Pages pages;

  public CasePages(
      Cases cases, CaseRecords records, CaseSearch search, OpaqueIds ids, Pages pages) {
    this.cases = cases;
    this.records = records;
    this.search = search;
    this.ids = new CaseIds(ids);
    this.pages = pages;
  }

  /** A case, where its page is, and what holds of the person now. */
  public record Row(String path, CaseFile file, Optional<SituationWord> situation) {}

  /**
   * @param state the one that is shown; empty means all
   * @param sought what was searched for, where the list is what was found
   * @param next the address of what follows
   */
  public record Listing(
      List<Row> rows,
      Map<WorkState, Long> counts,
      Optional<WorkState> state,
      Optional<String> sought,
      Optional<String> next) {
    public long all() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** GET /desk/cases */
  public void list(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    Optional<WorkState> state =
        Params.query(ctx, "state", 20)
            .flatMap(
                word ->
                    Arrays.stream(WorkState.values())
                        .filter(one -> one.name().equals(word))
                        .findFirst());
    long before =
        Params.query(ctx, "before", 30)
            .flatMap(id -> ids.ids().decode("case", id))
            .orElse(Long.MAX_VALUE);
    List<CaseFile> found = cases.list(viewer, state, before, ROWS);
    Optional<String> next =
        found.size() < ROWS
            ? Optional.empty()
            : Optional.of(
                "/desk/cases?"
                    + state.map(one -> "state=" + one.name() + "&").orElse("")
                    + "before="
                    + ids.ids().encode("case", found.getLast().id().value()));
    pages.show(
        ctx,
        "desk/cases",
        new Listing(rows(found), cases.counts(viewer), state, Optional.empty(), next));
  }

  /** POST /desk/cases/find: a POST, so that no name stands in an address or a log. */
  public void find(RoutingContext ctx) {
    StaffId viewer = Visitor.staff(ctx).id();
    Form form = Form.of(ctx);
    String sought = form.line("sought", LONGEST_SEARCH);
    form.check();
    pages.show(
        ctx,
        "desk/cases",
        new Listing(
            rows(search.find(sought, viewer, pages.language(ctx))),
            cases.counts(viewer),
            Optional.empty(),
            Optional.of(sought),
            Optional.empty()));
  }

  private List<Row> rows(List<CaseFile> found) {
    Map<CaseId, SituationWord> situations =
        records.currentSituations(found.stream().map(CaseFile::id).toList());
    return found.stream()
        .map(
            file ->
                new Row(ids.path(file.id()), file, Optional.ofNullable(situations.get(file.id()))))
        .toList();
  }
}
