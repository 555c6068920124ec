package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.LeakLint;
import org.tocsin.channels.email.Markdown;
import org.tocsin.developments.Development;
import org.tocsin.developments.DevelopmentId;
import org.tocsin.developments.Developments;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.Newsletter.State;
import org.tocsin.publications.Newsletters;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/**
 * Developments to read: with their cases for those who read cases, and without for those who write
 * newsletters.
 */
public final class DevelopmentPages {
  private static final String DEVELOPMENT = "development";
  private static final int SHOWN = 200;

  private final Developments developments;
  private final Cases cases;
  private final CaseTeam teams;
  private final Staff staff;
  private final Newsletters newsletters;
  private final LeakPlaces leaks;
  private final OpaqueIds ids;
  private final Pages pages;

  public DevelopmentPages(
      Developments developments,
      Cases cases,
      CaseTeam teams,
      LeakLint lint,
      Staff staff,
      Newsletters newsletters,
      Audit audit,
      OpaqueIds ids,
      Pages pages) {
    this.developments = developments;
    this.cases = cases;
    this.teams = teams;
    this.staff = staff;
    this.newsletters = newsletters;
    this.leaks = new LeakPlaces(cases, lint, audit, ids);
    this.ids = ids;
    this.pages = pages;
  }

  /**
   * A development in a list.
   *
   * @param file of the case, for whoever reads cases
   */
  public record Row(String path, Development development, Optional<CaseFile> file) {}

  /** An issue that is still being written. */
  public record Issue(String id, Newsletter newsletter) {}

  /**
   * @param html of the section that a newsletter would have
   * @param file of the case, for whoever reads cases; with it {@code places} and {@code editors}
   * @param own whether the visitor is of the case's team
   * @param mayClear whether the visitor wrote none of it
   * @param issues into which these words may be taken
   */
  public record One(
      String path,
      Development development,
      String html,
      Optional<CaseFile> file,
      String casePath,
      boolean own,
      boolean mayClear,
      Optional<LeakPlaces.Places> places,
      List<String> editors,
      List<Issue> issues,
      String refused) {}

  /** GET /desk/developments */
  public void list(RoutingContext ctx) {
    StaffMember viewer = Visitor.staff(ctx);
    List<Row> rows =
        viewer.may(Permission.READ_CASES)
            ? developments.list(viewer.id(), SHOWN).stream()
                .map(one -> row(one.development(), Optional.of(one.file())))
                .toList()
            : developments.clearedOnes(SHOWN).stream()
                .map(one -> row(one, Optional.empty()))
                .toList();
    pages.show(ctx, "desk/developments", rows);
  }

  /** Of one case, the newest first. */
  List<Row> ofCase(CaseId id) {
    return developments.ofCase(id).stream().map(one -> row(one, Optional.empty())).toList();
  }

  private Row row(Development one, Optional<CaseFile> file) {
    return new Row(path(one.id()), one, file);
  }

  /** GET /desk/developments/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, "");
  }

  /**
   * @param refused the code of what just could not be done; empty where nothing went wrong
   */
  void show(RoutingContext ctx, int status, String refused) {
    StaffMember viewer = Visitor.staff(ctx);
    Development one = readable(ctx);
    boolean reads = viewer.may(Permission.READ_CASES);
    Optional<CaseFile> file = reads ? cases.find(one.caseId(), viewer.id()) : Optional.empty();
    List<StaffId> editors = developments.editors(one.id());
    pages.show(
        ctx,
        status,
        "desk/development",
        new One(
            path(one.id()),
            one,
            Markdown.html(one.draft().section()),
            file,
            new CaseIds(ids).path(one.caseId()),
            reads && teams.includes(one.caseId(), viewer.id()),
            !editors.contains(viewer.id()),
            leaks.of(one.id().subject(), one.draft().words(), viewer),
            reads ? names(editors) : List.of(),
            one.state() == Development.State.CLEARED && viewer.may(Permission.WRITE_NEWSLETTER)
                ? issues()
                : List.of(),
            refused));
  }

  /** Whoever reads no cases is shown cleared words only; nothing else is there for them. */
  private Development readable(RoutingContext ctx) {
    StaffMember viewer = Visitor.staff(ctx);
    DevelopmentId id = id(ctx);
    return viewer.may(Permission.READ_CASES)
        ? developments.open(id, viewer.id())
        : developments.cleared(id);
  }

  private List<String> names(List<StaffId> editors) {
    Map<StaffId, String> names = staff.names();
    return editors.stream().map(who -> names.getOrDefault(who, who.actor())).toList();
  }

  private List<Issue> issues() {
    NewsletterIds newsletterIds = new NewsletterIds(ids);
    return newsletters.list("", SHOWN).stream()
        .filter(issue -> issue.state() == State.DRAFT)
        .map(issue -> new Issue(newsletterIds.show(issue.id()), issue))
        .toList();
  }

  DevelopmentId id(RoutingContext ctx) {
    return ids.decode(DEVELOPMENT, Params.path(ctx, "id"))
        .map(DevelopmentId::new)
        .orElseThrow(() -> new NotFound(DEVELOPMENT));
  }

  String path(DevelopmentId id) {
    return "/desk/developments/" + ids.encode(DEVELOPMENT, id.value());
  }
}
