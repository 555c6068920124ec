package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.alerts.Alert;
import org.tocsin.alerts.Alerts;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.CaseTeam;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Consent;
import org.tocsin.cases.ConsentScope;
import org.tocsin.cases.Consents;
import org.tocsin.cases.EligibilityCheck;
import org.tocsin.cases.Gap;
import org.tocsin.cases.Note;
import org.tocsin.cases.Obstacle;
import org.tocsin.cases.Situation;
import org.tocsin.cases.Step;
import org.tocsin.cases.TeamFile;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.time.UtcDay;
import org.tocsin.web.Pages;
import org.tocsin.web.Visitor;

/**
 * One case, to be read in a minute; what only its team may open is not even looked up for others.
 */
public final class CasePage {
  private static final List<ConsentScope> WAYS_OUT =
      List.of(
          ConsentScope.CORRESPONDENTS_ALERT,
          ConsentScope.NETWORK_ALERT,
          ConsentScope.PUBLIC_NAME,
          ConsentScope.PUBLIC_ANONYMISED);

  private final Cases cases;
  private final CaseRecords records;
  private final CaseTeam teams;
  private final Consents consents;
  private final Staff staff;
  private final Alerts alerts;
  private final CaseOutreach outreach;
  private final FilingPages filings;
  private final DevelopmentPages developments;
  private final CaseIds ids;
  private final Pages pages;

  public CasePage(
      Cases cases,
      CaseRecords records,
      CaseTeam teams,
      Consents consents,
      Staff staff,
      Alerts alerts,
      CaseOutreach outreach,
      FilingPages filings,
      DevelopmentPages developments,
      OpaqueIds ids,
      Pages pages) {
    this.cases = cases;
    this.records = records;
    this.teams = teams;
    this.consents = consents;
    this.staff = staff;
    this.alerts = alerts;
    this.outreach = outreach;
    this.filings = filings;
    this.developments = developments;
    this.ids = new CaseIds(ids);
    this.pages = pages;
  }

  /**
   * Something that happened, for the timeline.
   *
   * @param key of its text
   * @param struck whether a later entry corrects it
   * @param correct the entry's number, where it is one that can be corrected
   */
  public record Moment(
      LocalDate day,
      Instant written,
      String key,
      String note,
      String who,
      boolean struck,
      Optional<Long> correct) {}

  /** A message about the case. */
  public record Out(String path, Alert alert) {}

  /** A member of the team. */
  public record Member(long number, String name) {}

  /**
   * @param ways what stands in the way of each way of telling
   * @param own whether the visitor is of the team
   * @param team what only they may open; empty for others
   * @param mayConfirm whether the visitor wrote none of it
   * @param filings complaints about it, the newest first
   * @param developments what may be said of it in public, the newest first
   */
  public record One(
      String path,
      CaseFile file,
      Optional<Situation> situation,
      List<Moment> timeline,
      Set<Gap> gaps,
      Map<EligibilityCheck.Word, EligibilityCheck> checks,
      long sources,
      List<Consent> consents,
      Map<ConsentScope, Set<Obstacle>> ways,
      List<Member> members,
      List<Note> notes,
      List<Out> out,
      CaseOutreach.Section outreach,
      Map<StaffId, String> names,
      boolean own,
      Optional<TeamFile> team,
      boolean mayConfirm,
      List<FilingPages.Row> filings,
      List<DevelopmentPages.Row> developments) {
    public String name(StaffId who) {
      return names.getOrDefault(who, who.actor());
    }
  }

  /** GET /desk/cases/{id} */
  public void show(RoutingContext ctx) {
    StaffMember viewer = Visitor.staff(ctx);
    CaseId id = ids.read(ctx);
    CaseFile file = cases.open(id, viewer.id());
    Optional<TeamFile> team = records.openTeamFile(id, viewer.id());
    List<Situation> situations = records.situations(id);
    List<Consent> given = consents.list(id);
    Map<StaffId, String> names = staff.names();
    Map<ConsentScope, Set<Obstacle>> ways = new EnumMap<>(ConsentScope.class);
    WAYS_OUT.forEach(way -> ways.put(way, cases.obstacles(id, way)));
    pages.show(
        ctx,
        "desk/case",
        new One(
            ids.path(id),
            file,
            situations.stream().filter(one -> !one.replaced()).findFirst(),
            timeline(situations, cases.steps(id), given, file, names),
            cases.gaps(id),
            records.checks(id),
            records.countSources(id),
            given,
            ways,
            teams.members(id).stream()
                .map(one -> new Member(one.value(), names.getOrDefault(one, one.actor())))
                .toList(),
            records.openNotes(id),
            out(id),
            outreach.section(id, viewer.id()),
            names,
            team.isPresent(),
            team,
            !cases.writers(id).contains(viewer.id()),
            filings.ofCase(file),
            developments.ofCase(id)));
  }

  private List<Out> out(CaseId id) {
    AlertIds alertIds = new AlertIds(ids.ids());
    return alerts.ofCase(id).stream()
        .map(alert -> new Out(alertIds.path(alert.id()), alert))
        .toList();
  }

  private static List<Moment> timeline(
      List<Situation> situations,
      List<Step> steps,
      List<Consent> given,
      CaseFile file,
      Map<StaffId, String> names) {
    List<Moment> moments = new ArrayList<>();
    for (Situation one : situations) {
      moments.add(
          new Moment(
              one.since(),
              one.at(),
              "cases.situation." + one.word().name(),
              one.note(),
              names.getOrDefault(one.writtenBy(), ""),
              one.replaced(),
              one.replaced() ? Optional.empty() : Optional.of(one.id())));
    }
    for (Consent one : given) {
      moments.add(moment(one.at(), "cases.moment.consent", "", names, one.writtenBy()));
      one.end()
          .ifPresent(
              end ->
                  moments.add(
                      new Moment(
                          day(end.at()),
                          end.at(),
                          "cases.moment.consent." + end.how().name(),
                          "",
                          "",
                          false,
                          Optional.empty())));
    }
    // Newest first, so that steps of one moment stand as they were taken.
    for (Step one : steps.reversed()) {
      moments.add(
          moment(one.at(), "cases.moved." + one.to().name(), one.reason(), names, one.takenBy()));
    }
    moments.add(
        new Moment(
            day(file.createdAt()),
            file.createdAt(),
            "cases.moved.INTAKE",
            "",
            "",
            false,
            Optional.empty()));
    return sorted(moments.stream());
  }

  private static List<Moment> sorted(Stream<Moment> moments) {
    return moments
        .sorted(Comparator.comparing(Moment::day).thenComparing(Moment::written).reversed())
        .toList();
  }

  private static Moment moment(
      Instant at, String key, String note, Map<StaffId, String> names, StaffId who) {
    return new Moment(day(at), at, key, note, names.getOrDefault(who, ""), false, Optional.empty());
  }

  private static LocalDate day(Instant at) {
    return UtcDay.of(at);
  }
}
