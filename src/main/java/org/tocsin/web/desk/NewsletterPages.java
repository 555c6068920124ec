package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.Permission;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.access.StaffMember;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.cases.Cases;
import org.tocsin.cases.LeakLint;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.publications.Newsletter;
import org.tocsin.publications.NewsletterId;
import org.tocsin.publications.Newsletters;
import org.tocsin.publications.Reach;
import org.tocsin.release.Approval;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Preview;
import org.tocsin.web.Visitor;

/** Newsletters to read: the list, and one issue with its frozen letters, people and history. */
public final class NewsletterPages {
  private static final int PAGE = 50;
  private static final int LOOK_BACK = 50;
  private static final int LONGEST_MONTH = 7;

  private final Newsletters newsletters;
  private final Reach reach;
  private final Broadcasts broadcasts;
  private final Staff staff;
  private final Audit audit;
  private final LeakPlaces leaks;
  private final NewsletterIds ids;
  private final Pages pages;

  public NewsletterPages(
      Newsletters newsletters,
      Reach reach,
      Broadcasts broadcasts,
      Staff staff,
      Audit audit,
      Cases cases,
      LeakLint lint,
      OpaqueIds ids,
      Pages pages) {
    this.newsletters = newsletters;
    this.reach = reach;
    this.broadcasts = broadcasts;
    this.staff = staff;
    this.audit = audit;
    this.leaks = new LeakPlaces(cases, lint, audit, ids);
    this.ids = new NewsletterIds(ids);
    this.pages = pages;
  }

  /** An issue and the id its page has. */
  public record Row(String id, Newsletter issue) {}

  /** The list. */
  public record Listing(List<Row> rows, Optional<String> next) {}

  /** A broadcast of the issue and the id its board has. */
  public record Send(String id, Progress progress) {}

  /**
   * One issue.
   *
   * @param letter the frozen letter in {@code language}; none for what was never submitted
   * @param text its text part, as one reader would see it
   * @param wroteAtIt whether the visitor is one of its editors
   * @param held whether its approver must look at these places first; never said to anybody else
   * @param places what the approver looks at; empty for everybody else
   */
  public record One(
      String id,
      Newsletter issue,
      List<String> editors,
      Optional<String> approver,
      boolean wroteAtIt,
      boolean held,
      Optional<LeakPlaces.Places> places,
      Reach.Numbers reach,
      Optional<Integer> lastReach,
      List<Send> sends,
      List<String> languages,
      String language,
      Optional<MailContent> letter,
      String text,
      List<HistoryStep> history,
      String problem) {
    public String path() {
      return "/desk/newsletters/" + id;
    }
  }

  /** GET /desk/newsletters */
  public void list(RoutingContext ctx) {
    List<Newsletter> found =
        newsletters.list(Params.query(ctx, "before", LONGEST_MONTH).orElse(""), PAGE);
    pages.show(
        ctx,
        "desk/newsletters",
        new Listing(
            found.stream().map(issue -> new Row(ids.show(issue.id()), issue)).toList(),
            found.size() < PAGE ? Optional.empty() : Optional.of(found.getLast().draft().month())));
  }

  /** GET /desk/newsletters/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, ids.read(ctx), "");
  }

  /**
   * @param problem the code of what just could not be done; empty where nothing went wrong
   */
  void show(RoutingContext ctx, int status, NewsletterId id, String problem) {
    pages.show(ctx, status, "desk/newsletter", one(ctx, id, problem));
  }

  /** GET /desk/newsletters/{id}/release: what will go where, and when. */
  public void askRelease(RoutingContext ctx) {
    pages.show(ctx, "desk/newsletter_release", one(ctx, ids.read(ctx), ""));
  }

  /** GET /desk/newsletters/{id}/withdraw */
  public void askWithdraw(RoutingContext ctx) {
    pages.show(ctx, "desk/newsletter_withdraw", one(ctx, ids.read(ctx), ""));
  }

  /** GET /desk/newsletters/{id}/letter: the HTML part of a frozen letter, for a frame. */
  public void letter(RoutingContext ctx) {
    NewsletterId id = ids.read(ctx);
    Newsletter issue = newsletters.get(id);
    MailContent letter =
        Optional.ofNullable(newsletters.pressed(id).letters().get(language(ctx)))
            .orElseThrow(() -> new NotFound("letter"));
    MailFrame.show(ctx, letter, issue.draft(), pages.language(ctx));
  }

  /** GET /desk/newsletters/{id}/page: the archive's very page, for a frame. */
  public void page(RoutingContext ctx) {
    Newsletter issue = newsletters.get(ids.read(ctx));
    if (issue.state() == Newsletter.State.DRAFT || issue.state() == Newsletter.State.WITHDRAWN) {
      throw new NotFound("page");
    }
    Preview.harmless(ctx);
    pages.show(ctx, "site/newsletter", newsletters.page(issue));
  }

  One one(RoutingContext ctx, NewsletterId id, String problem) {
    Newsletter issue = newsletters.get(id);
    List<StaffId> editors = newsletters.editors(id);
    var letters =
        issue.state() == Newsletter.State.DRAFT
            ? new java.util.TreeMap<String, MailContent>()
            : newsletters.pressed(id).letters();
    String language = language(ctx);
    Optional<LeakPlaces.Places> places = places(issue, Visitor.staff(ctx));
    Optional<MailContent> letter = Optional.ofNullable(letters.get(language));
    return new One(
        ids.show(id),
        issue,
        editors.stream().map(this::name).toList(),
        issue.approval().isPresent()
            ? newsletters.latestApproval(id).map(Approval::approvedBy).map(this::name)
            : Optional.empty(),
        editors.contains(Visitor.staff(ctx).id()),
        places.filter(found -> !newsletters.isCleared(issue, found.count())).isPresent(),
        places,
        reach.of(issue.draft()),
        lastReach(issue),
        sends(issue),
        List.copyOf(letters.keySet()),
        language,
        letter,
        letter.map(frozen -> MailFrame.text(frozen, issue.draft(), pages.language(ctx))).orElse(""),
        HistoryStep.of(
            audit, id.subject(), staff.names(), other -> other, Visitor.staff(ctx).sight()),
        problem);
  }

  /** For whoever decides about it, and reads cases as every approver does. */
  private Optional<LeakPlaces.Places> places(Newsletter issue, StaffMember viewer) {
    return issue.state() == Newsletter.State.IN_REVIEW && viewer.may(Permission.APPROVE_NEWSLETTER)
        ? leaks.of(issue.id().subject(), newsletters.words(issue), viewer)
        : Optional.empty();
  }

  private String language(RoutingContext ctx) {
    return Params.query(ctx, "letter", 20).orElse("en");
  }

  private List<Send> sends(Newsletter issue) {
    return issue
        .release()
        .map(release -> broadcasts.ofRelease(release.value()))
        .orElse(List.of())
        .stream()
        .map(progress -> new Send(ids.showBroadcast(progress.id()), progress))
        .toList();
  }

  /** How many readers the last issue before this one went to. */
  private Optional<Integer> lastReach(Newsletter issue) {
    return newsletters.list(issue.draft().month(), LOOK_BACK).stream()
        .map(this::sends)
        .flatMap(List::stream)
        .map(Send::progress)
        .filter(progress -> progress.channel().equals("email"))
        .map(Progress::total)
        .findFirst();
  }

  private String name(StaffId who) {
    return staff.find(who).map(StaffMember::name).orElse(who.actor());
  }
}
