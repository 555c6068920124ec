package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialSearch;
import org.tocsin.officials.Officials;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.language.Messages;
import org.tocsin.web.Form;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** The directory of officials, all of it or by words and country. */
public final class OfficialPages {
  private static final int LONGEST_SEARCH = 200;

  private final Officials officials;
  private final OfficialSearch search;
  private final OfficialIds ids;
  private final Pages pages;

  public OfficialPages(Officials officials, OfficialSearch search, OpaqueIds ids, Pages pages) {
    this.officials = officials;
    this.search = search;
    this.ids = new OfficialIds(ids);
    this.pages = pages;
  }

  /** An official, where the page is, and whether somebody should look at it again. */
  public record Row(String path, Official official, boolean overdue) {}

  /**
   * @param all how many there are, retired ones among them
   * @param countries that any of them is of, in the order of the list
   * @param sought words; empty where none were typed
   * @param country the one that is shown; empty means every country
   */
  public record Listing(
      List<Row> rows, int all, List<String> countries, String sought, String country) {
    public boolean narrowed() {
      return !sought.isEmpty() || !country.isEmpty();
    }

    public long overdue() {
      return rows.stream().filter(Row::overdue).count();
    }
  }

  /** GET /desk/officials */
  public void list(RoutingContext ctx) {
    List<Official> all = officials.open(Visitor.staff(ctx).id(), pages.language(ctx));
    show(ctx, all, all, "", "");
  }

  /** POST /desk/officials/find: a POST, so that neither name nor country stands in a log. */
  public void find(RoutingContext ctx) {
    Form form = Form.of(ctx);
    String sought = form.line("sought", LONGEST_SEARCH);
    String country = form.line("country", 10);
    form.check();
    Messages words = pages.language(ctx);
    List<Official> found = search.find(sought, country, Visitor.staff(ctx).id(), words);
    show(ctx, officials.all(words), found, sought, country);
  }

  private void show(
      RoutingContext ctx, List<Official> all, List<Official> found, String sought, String country) {
    List<Row> rows =
        found.stream()
            .map(
                one ->
                    new Row(
                        ids.path(one.id()), one, !one.retired() && one.overdue(officials.today())))
            .toList();
    List<String> countries = all.stream().map(one -> one.details().country()).distinct().toList();
    pages.show(ctx, "desk/officials", new Listing(rows, all.size(), countries, sought, country));
  }
}
