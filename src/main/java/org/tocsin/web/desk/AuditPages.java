package org.tocsin.web.desk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tocsin.access.Staff;
import org.tocsin.audit.Audit;
import org.tocsin.audit.AuditEntry;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** Who did what: the audit, newest first, and the proof that nobody changed it. */
public final class AuditPages {
  private static final int PAGE = 50;
  private static final int LONGEST = 100;

  private final Pages pages;
  private final Audit audit;
  private final Staff staff;

  public AuditPages(Pages pages, Audit audit, Staff staff) {
    this.pages = pages;
    this.audit = audit;
    this.staff = staff;
  }

  /** One entry as it is read: who and on what by name where there is one. */
  public record Line(AuditEntry entry, String actor, String subject, List<String> details) {}

  /**
   * @param staff by the audit's name for them, for the filter
   * @param older the address of the next page
   */
  public record AuditPage(
      Audit.Filter filter,
      List<Line> lines,
      Map<String, String> staff,
      Optional<String> older,
      Optional<Audit.Verdict> verdict) {}

  /** GET /desk/audit */
  public void list(RoutingContext ctx) {
    show(ctx, filter(ctx), before(ctx), Optional.empty());
  }

  /** POST /desk/audit/verify: walks the whole chain now. */
  public void verify(RoutingContext ctx) {
    show(ctx, Audit.Filter.ALL, Long.MAX_VALUE, Optional.of(audit.verify()));
  }

  private static Audit.Filter filter(RoutingContext ctx) {
    return new Audit.Filter(
        Params.query(ctx, "actor", LONGEST).orElse(""),
        Params.query(ctx, "action", LONGEST).orElse(""),
        Params.query(ctx, "subject", LONGEST).orElse(""));
  }

  private static long before(RoutingContext ctx) {
    String text = Params.query(ctx, "before", 18).orElse("");
    if (!text.matches("[0-9]*")) {
      throw new Invalid("before", "Use a number");
    }
    return text.isEmpty() ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private void show(
      RoutingContext ctx, Audit.Filter filter, long before, Optional<Audit.Verdict> verdict) {
    Map<String, String> names = new LinkedHashMap<>();
    staff.list().forEach(e -> names.put(e.member().id().actor(), e.member().name()));
    List<AuditEntry> entries = audit.latest(filter, before, PAGE + 1, Visitor.staff(ctx).sight());
    List<AuditEntry> shown = entries.subList(0, Math.min(PAGE, entries.size()));
    pages.show(
        ctx,
        "desk/audit",
        new AuditPage(
            filter,
            shown.stream().map(entry -> line(entry, names)).toList(),
            names,
            entries.size() > PAGE
                ? Optional.of(address(filter, shown.getLast().no()))
                : Optional.empty(),
            verdict));
  }

  private static Line line(AuditEntry entry, Map<String, String> names) {
    return new Line(
        entry,
        names.getOrDefault(entry.actor(), ""),
        names.getOrDefault(entry.subject(), ""),
        new JsonObject(entry.detail())
            .stream()
                .filter(fact -> !text(fact.getValue()).isEmpty())
                .map(fact -> fact.getKey() + ": " + text(fact.getValue()))
                .toList());
  }

  private static String text(Object value) {
    return value instanceof JsonArray list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
        : String.valueOf(value);
  }

  private static String address(Audit.Filter filter, long before) {
    return "/desk/audit?actor="
        + encoded(filter.actor())
        + "&action="
        + encoded(filter.action())
        + "&subject="
        + encoded(filter.subject())
        + "&before="
        + before;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
