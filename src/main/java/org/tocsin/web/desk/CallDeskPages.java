package org.tocsin.web.desk;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import org.tocsin.access.Staff;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.Broadcasts;
import org.tocsin.broadcasts.Progress;
import org.tocsin.calls.Answer;
import org.tocsin.calls.Call;
import org.tocsin.calls.CallDraft;
import org.tocsin.calls.CallId;
import org.tocsin.calls.Calls;
import org.tocsin.channels.email.MailContent;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.Members;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.Approval;
import org.tocsin.web.Pages;
import org.tocsin.web.Params;
import org.tocsin.web.Visitor;

/** The desk's calls: the list, and one call with all that hangs on it. */
public final class CallDeskPages {
  private static final int PAGE = 50;

  private final Calls calls;
  private final Members members;
  private final Broadcasts broadcasts;
  private final Staff staff;
  private final Audit audit;
  private final CallIds ids;
  private final Pages pages;

  public CallDeskPages(
      Calls calls,
      Members members,
      Broadcasts broadcasts,
      Staff staff,
      Audit audit,
      OpaqueIds ids,
      Pages pages) {
    this.calls = calls;
    this.members = members;
    this.broadcasts = broadcasts;
    this.staff = staff;
    this.audit = audit;
    this.ids = new CallIds(ids);
    this.pages = pages;
  }

  /** A call of the list. */
  public record Row(String path, Call call) {}

  /** The list. */
  public record Listing(List<Row> rows, Optional<Long> next) {}

  /** The broadcast that carries the letters. */
  public record Send(String path, Progress progress) {}

  /** What a volunteer answered; whoever is no member any more has no name here. */
  public record Answered(Answer answer, Optional<Member> who) {}

  /**
   * One call.
   *
   * @param language in which it is shown
   * @param words in that language
   * @param answers shown once somebody opened them
   * @param problem the code of what just could not be done; empty where nothing went wrong
   */
  public record One(
      String path,
      Call call,
      SortedMap<String, MailContent> letters,
      String language,
      Messages words,
      long reach,
      Calls.Tally tally,
      Optional<List<Answered>> answers,
      Optional<Send> send,
      List<String> editors,
      Optional<String> approver,
      boolean wroteAtIt,
      Map<StaffId, String> names,
      List<HistoryStep> history,
      String problem) {
    public String name(StaffId who) {
      return names.getOrDefault(who, who.actor());
    }

    public CallDraft draft() {
      return call.draft();
    }

    /** The thin letter in the language that was asked for. */
    public MailContent mail() {
      return Objects.requireNonNull(letters.get(language));
    }

    /** As one reader would have it. */
    public String text() {
      return MailFrame.filled(mail().text(), AlertEyes.SAMPLE);
    }
  }

  /** GET /desk/calls */
  public void list(RoutingContext ctx) {
    long before = Params.before(ctx);
    List<Call> found = calls.list(Visitor.staff(ctx).id(), before, PAGE);
    pages.show(
        ctx,
        "desk/calls",
        new Listing(
            found.stream().map(call -> new Row(ids.path(call.id()), call)).toList(),
            found.size() < PAGE ? Optional.empty() : Optional.of(found.getLast().id().value())));
  }

  /** GET /desk/calls/{id} */
  public void show(RoutingContext ctx) {
    show(ctx, 200, ids.read(ctx), "");
  }

  void show(RoutingContext ctx, int status, CallId id, String problem) {
    pages.show(ctx, status, "desk/call", one(ctx, id, Optional.empty(), problem));
  }

  /** POST /desk/calls/{id}/answers: who said what; that somebody looked is written down. */
  public void openAnswers(RoutingContext ctx) {
    CallId id = ids.read(ctx);
    List<Answered> answers =
        calls.openAnswers(id, Visitor.staff(ctx).id()).stream()
            .map(answer -> new Answered(answer, who(answer)))
            .toList();
    pages.show(ctx, "desk/call", one(ctx, id, Optional.of(answers), ""));
  }

  private Optional<Member> who(Answer answer) {
    return members.named(answer.member()).filter(member -> member.state() != MemberState.ENDED);
  }

  /** GET /desk/calls/{id}/release: to how many it will go. */
  public void askRelease(RoutingContext ctx) {
    pages.show(ctx, "desk/call_release", one(ctx, ids.read(ctx), Optional.empty(), ""));
  }

  /** GET /desk/calls/{id}/close */
  public void askClose(RoutingContext ctx) {
    askClose(ctx, 200, ids.read(ctx), "");
  }

  void askClose(RoutingContext ctx, int status, CallId id, String problem) {
    pages.show(ctx, status, "desk/call_close", one(ctx, id, Optional.empty(), problem));
  }

  /** GET /desk/calls/{id}/letter: the HTML part of the thin letter, for a frame. */
  public void letter(RoutingContext ctx) {
    String language = Params.query(ctx, "letter", 20).orElse(Languages.DEFAULT);
    MailContent letter =
        Optional.ofNullable(calls.frozen(calls.get(ids.read(ctx))).letters().get(language))
            .orElseThrow(() -> new NotFound("letter"));
    MailFrame.show(ctx, letter, AlertEyes.SAMPLE);
  }

  private One one(RoutingContext ctx, CallId id, Optional<List<Answered>> answers, String problem) {
    Call call = calls.open(id, Visitor.staff(ctx).id());
    List<StaffId> editors = calls.editors(id);
    Map<StaffId, String> names = staff.names();
    SortedMap<String, MailContent> letters = calls.frozen(call).letters();
    String language = AlertEyes.language(ctx, letters);
    return new One(
        ids.path(id),
        call,
        letters,
        language,
        pages.in(language),
        calls.reach(call.draft()),
        calls.tally(call),
        answers,
        call.sent()
            .flatMap(sent -> broadcasts.find(sent.broadcast()))
            .map(progress -> new Send(ids.broadcastPath(progress.id()), progress)),
        editors.stream().map(who -> names.getOrDefault(who, who.actor())).toList(),
        call.approval()
            .flatMap(anyhow -> calls.latestApproval(id))
            .map(Approval::approvedBy)
            .map(who -> names.getOrDefault(who, who.actor())),
        editors.contains(Visitor.staff(ctx).id()),
        names,
        HistoryStep.of(
            audit, id.subject(), names, other -> pages.language(ctx).text("calls.actor." + other)),
        problem);
  }
}
