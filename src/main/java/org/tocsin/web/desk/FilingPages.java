package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Obstacle;
import org.tocsin.filings.Deadline;
import org.tocsin.filings.Filing;
import org.tocsin.filings.FilingStep;
import org.tocsin.filings.FilingText;
import org.tocsin.filings.Filings;
import org.tocsin.filings.Mechanism;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/** Complaints to read: the list by date, one with its timeline, and what each body asks for. */
public final class FilingPages {
  /** How far ahead a date is called to mind. */
  private static final Duration AHEAD = Duration.ofDays(30);

  private final Filings filings;
  private final Cases cases;
  private final CaseTeam teams;
  private final Staff staff;
  private final FilingIds ids;
  private final CaseIds caseIds;
  private final InstantSource clock;
  private final Pages pages;

  public FilingPages(
      Filings filings,
      Cases cases,
      CaseTeam teams,
      Staff staff,
      OpaqueIds ids,
      InstantSource clock,
      Pages pages) {
    this.filings = filings;
    this.cases = cases;
    this.teams = teams;
    this.staff = staff;
    this.ids = new FilingIds(ids);
    this.caseIds = new CaseIds(ids);
    this.clock = clock;
    this.pages = pages;
  }

  /**
   * A filing in a list.
   *
   * @param warning whether its consent does not hold
   */
  public record Row(
      String path,
      Filing filing,
      String casePath,
      CaseFile file,
      boolean warning,
      LocalDate today) {
    public boolean overdue() {
      return filing.nextDue().filter(today::isAfter).isPresent();
    }
  }

  /**
   * @param own whether the visitor is of the case's team
   * @param obstacles what would keep the complaint from being made today
   */
  public record One(
      String path,
      String casePath,
      Filing filing,
      CaseFile file,
      boolean own,
      Set<Obstacle> obstacles,
      List<FilingStep> steps,
      List<Deadline> deadlines,
      List<FilingText> texts,
      Map<StaffId, String> names,
      LocalDate today,
      String refused) {
    public String name(StaffId who) {
      return names.getOrDefault(who, who.actor());
    }

    public Optional<String> reference() {
      return texts.stream()
          .filter(text -> text.kind() == FilingText.Kind.REFERENCE)
          .map(FilingText::text)
          .findFirst();
    }
  }

  /** GET /desk/filings */
  public void list(RoutingContext ctx) {
    pages.show(ctx, "desk/filings", rows(filings.list(Visitor.staff(ctx).id())));
  }

  /** What the visitor is to be reminded of; nothing for whoever reads no cases. */
  List<Row> due(StaffMember viewer) {
    return viewer.may(Permission.READ_CASES)
        ? rows(filings.due(viewer.id(), today().plusDays(AHEAD.toDays())))
        : List.of();
  }

  /** Of one case, closed ones among them. */
  List<Row> ofCase(CaseFile file) {
    return filings.ofCase(file.id()).stream().map(filing -> row(filing, file)).toList();
  }

  private List<Row> rows(List<Filings.Listed> listed) {
    return listed.stream().map(one -> row(one.filing(), one.file())).toList();
  }

  private Row row(Filing filing, CaseFile file) {
    return new Row(
        ids.path(filing.id()),
        filing,
        caseIds.path(file.id()),
        file,
        filing.isOpen() && endedConsent(filing),
        today());
  }

  /** A draft without consent is only unfinished. */
  private boolean endedConsent(Filing filing) {
    Set<Obstacle> obstacles = filings.obstacles(filing);
    return obstacles.contains(Obstacle.CONSENT_REVOKED)
        || obstacles.contains(Obstacle.CONSENT_EXPIRED);
  }

  /** GET /desk/filings/mechanisms */
  public void mechanisms(RoutingContext ctx) {
    pages.show(ctx, "desk/filing_mechanisms", Arrays.asList(Mechanism.values()));
  }

  /** GET /desk/filings/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, "");
  }

  /**
   * @param refused the code of what just could not be done; empty where nothing went wrong
   */
  void show(RoutingContext ctx, int status, String refused) {
    StaffId viewer = Visitor.staff(ctx).id();
    Filing filing = filings.open(ids.read(ctx), viewer);
    CaseId caseId = filing.caseId();
    pages.show(
        ctx,
        status,
        "desk/filing",
        new One(
            ids.path(filing.id()),
            caseIds.path(caseId),
            filing,
            cases.open(caseId, viewer),
            teams.includes(caseId, viewer),
            filing.isOpen() ? filings.obstacles(filing) : Set.of(),
            filings.steps(filing.id()),
            filings.deadlines(filing.id()),
            filings.texts(filing, viewer),
            staff.names(),
            today(),
            refused));
  }

  private LocalDate today() {
    return UtcDay.of(clock.instant());
  }
}
