package org.tocsin.publications;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.tocsin.access.StaffId;
import org.tocsin.audit.Audit;
import org.tocsin.broadcasts.BroadcastOwner;
import org.tocsin.broadcasts.OwnedBroadcasts;
import org.tocsin.broadcasts.Standstill;
import org.tocsin.channels.email.LetterPress;
import org.tocsin.channels.email.MailContent;
import org.tocsin.network.Events;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;
import org.tocsin.release.Approval;
import org.tocsin.release.ContentHash;
import org.tocsin.release.Releases;

/**
 * The monthly newsletter's desk side, from the first draft to the tombstone. Whoever calls has
 * asked for the {@code Permission}; who may approve is a matter of who wrote, and asked here.
 */
public final class Newsletters {
  /** Whose broadcasts they are. */
  public static final String OWNER = "newsletter";

  private final Issues issues;
  private final Drafting drafting;
  private final Holding holding;
  private final SubmissionLooks looks;
  private final LeftPlainRepository leftPlain;
  private final Review review;
  private final Publishing publishing;
  private final IssueSends sends;
  private final DraftRules rules;
  private final IssuePress press;

  /**
   * @param broadcasts all that carry issues, and the events that tell of them
   * @param knownTopic whether there is such a topic for subscribers to choose
   * @param leaks asked of every issue before it is approved
   * @param alarms where many texts of one editor name somebody
   */
  public Newsletters(
      Database database,
      Sealer sealer,
      InstantSource clock,
      Audit audit,
      Settings settings,
      Languages languages,
      OwnedBroadcasts broadcasts,
      Standstill standstill,
      Events events,
      Predicate<String> knownTopic,
      LeakCheck leaks,
      LeakAlarms alarms) {
    NewsletterVault vault = new NewsletterVault(sealer);
    SubmissionRepository submissions = new SubmissionRepository(vault);
    LetterPress letters = new LetterPress(settings);
    this.issues = new Issues(database, vault, clock, audit, new Releases(clock), letters);
    this.press = new IssuePress(letters, languages);
    this.rules = new DraftRules(knownTopic);
    this.holding = new Holding(issues, leaks);
    this.leftPlain = new LeftPlainRepository(database, vault);
    this.looks = new SubmissionLooks(issues, leaks, alarms, submissions);
    this.drafting = new Drafting(issues, rules, press, submissions);
    this.review = new Review(issues, holding);
    this.publishing =
        new Publishing(issues, new Distribution(broadcasts, events, settings), standstill);
    this.sends = new IssueSends(issues, broadcasts);
  }

  /** What may be done to the broadcasts that carry issues. */
  public BroadcastOwner broadcastOwner() {
    return sends;
  }

  /**
   * @param words the language in which a wrong field is told
   */
  public Newsletter create(Draft draft, StaffId staff, Messages words) {
    return drafting.create(draft, staff, words);
  }

  /**
   * A changed text is a draft again, whatever was approved; a text that is as it was changes
   * nothing.
   *
   * @param version of the issue as it was read before the change; another one is a Conflict {@code
   *     version_changed}
   */
  public Newsletter edit(NewsletterId id, int version, Draft draft, StaffId staff, Messages words) {
    return drafting.edit(id, version, draft, staff, words);
  }

  /** What depends on the keyring. */
  public static List<SealedTable> sealedTables() {
    return NewsletterVault.SEALED_TABLES;
  }

  /** Before anything is read: seals what an earlier version left plain. */
  public void sealLeftPlain() {
    leftPlain.seal();
  }

  /**
   * Presses the issue and freezes what will be sent; Conflict {@code already_submitted}, TooMany
   * {@code too_many_submissions}. The answer is the same whatever the text tells.
   */
  public Newsletter submit(NewsletterId id, StaffId staff) {
    return drafting.submit(id, staff);
  }

  /**
   * Forbidden {@code approver_is_editor}; Conflict {@code content_changed}, {@code not_in_review},
   * {@code already_approved}, {@code already_released}, {@code held_for_review}.
   *
   * @param seen the hash of what the approver read, where a page showed it
   * @param looked at how many places that may tell of somebody the approver looked
   */
  public Newsletter approve(
      NewsletterId id, StaffId staff, Optional<ContentHash> seen, Optional<Integer> looked) {
    return review.approve(id, staff, seen, looked);
  }

  /** By somebody who was shown no place to look at. */
  public Newsletter approve(NewsletterId id, StaffId staff, Optional<ContentHash> seen) {
    return approve(id, staff, seen, Optional.empty());
  }

  /** Whether somebody looked at so many places of this very text; for approvers alone. */
  public boolean isCleared(Newsletter issue, int places) {
    return holding.isCleared(issue, places);
  }

  /** The page of the archive as the public has it, or would have it if it were released now. */
  public Issue.Published page(Newsletter issue) {
    Pressed.Page page = pressed(issue.id()).page();
    Draft draft = issue.draft();
    return new Issue.Published(
        draft.month(),
        draft.subject(),
        draft.preheader(),
        page.html(),
        page.text(),
        draft.topics(),
        Publishing.LANGUAGE,
        issue.visibleAt().orElseGet(issues::now));
  }

  /** What is looked through before it is published: as it was written, and as it reads. */
  public String words(Newsletter issue) {
    return Holding.words(issue.draft(), pressed(issue.id()));
  }

  /** Back to a draft, from review or from approval. */
  public Newsletter reject(NewsletterId id, StaffId staff, String reason, Messages words) {
    return review.reject(id, staff, reason, words);
  }

  /**
   * Archive, feeds, e-mail and webhooks, all or none. Conflict {@code not_approved}, {@code
   * content_changed}, {@code already_released}, {@code everything_held}.
   *
   * @param notBefore a moment to come; now, where there is none or it is past
   */
  public Released release(NewsletterId id, StaffId staff, Optional<Instant> notBefore) {
    return publishing.release(id, staff, notBefore);
  }

  /**
   * Shows the public what was scheduled and is due.
   *
   * @return whether there may be more
   */
  public boolean publishDue() {
    return publishing.publishDue();
  }

  /**
   * Looks through one text that was handed in.
   *
   * @return whether there may be another
   */
  public boolean lookThrough() {
    return looks.round();
  }

  /**
   * Stops what is not sent yet; a tombstone for what was public, a draft again for what was not.
   */
  public Newsletter withdraw(NewsletterId id, StaffId staff) {
    return publishing.withdraw(id, staff);
  }

  Newsletter archive(NewsletterId id, StaffId staff, Instant visibleAt) {
    return publishing.archive(id, staff, visibleAt);
  }

  public Optional<Newsletter> find(NewsletterId id) {
    return issues.newsletters.find(issues.database, id);
  }

  public Newsletter get(NewsletterId id) {
    return find(id).orElseThrow(Issues::noSuchIssue);
  }

  /** Newest month first, those before {@code beforeMonth}; empty begins at the top. */
  public List<Newsletter> list(String beforeMonth, int limit) {
    return issues.newsletters.list(issues.database, beforeMonth, limit);
  }

  /** What was frozen at the last submission. */
  public Pressed pressed(NewsletterId id) {
    return issues.pressed.of(issues.database, id);
  }

  /** What would keep a draft from being saved; empty where nothing does. */
  public List<Field> problems(Draft draft, Messages words) {
    return rules.problems(DraftRules.tidy(draft), words);
  }

  /** How the letter would look in this language, whatever is still wrong; nothing is kept. */
  public MailContent preview(Draft draft, Messages words) {
    return press.sketch(DraftRules.tidy(draft), problems(draft, words), words);
  }

  /** All who wrote at it, in the order in which they first did. */
  public List<StaffId> editors(NewsletterId id) {
    return issues.releases.editors(issues.database, id.subject());
  }

  /** The last approval given, whether or not it still holds. */
  public Optional<Approval> latestApproval(NewsletterId id) {
    return issues.releases.latestApproval(issues.database, id.subject());
  }
}
