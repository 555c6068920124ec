package org.tocsin.access;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.LetterBudget.Leave;
import org.tocsin.access.SignInLinkRepository.Request;
import org.tocsin.access.StaffRepository.Known;
import org.tocsin.audit.Audit;
import org.tocsin.platform.bus.Bus;
import org.tocsin.platform.crypto.LookupHash;
import org.tocsin.platform.crypto.Sealer;
import org.tocsin.platform.crypto.Secrets;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.SealedTable;
import org.tocsin.platform.database.SealedTable.Sealed;
import org.tocsin.platform.database.Tx;
import org.tocsin.platform.errors.HubException.TooMany;

/**
 * Makes one-time sign-in links, for the command line to print and for the post to carry.
 *
 * <p>Who asks by address gets the same answer in the same time whoever it is: the wish is only
 * written down, and looked at afterwards by {@link #round}.
 */
public final class SignInLinks {
  private static final Logger log = LoggerFactory.getLogger(SignInLinks.class);

  public static final Duration MAILED = Duration.ofMinutes(15);
  public static final Duration PRINTED = Duration.ofHours(24);

  private static final int BATCH = 50;
  private static final String ADDRESS = "link_request.address";
  static final SealedTable SEALED_TABLE =
      new SealedTable(
          "access.link_request", List.of(new Sealed("address_sealed", ADDRESS)), List.of());

  private final Database database;
  private final Staff staff;
  private final Sealer sealer;
  private final Audit audit;
  private final Bus bus;
  private final InstantSource clock;
  private final SignInPost post;
  private final LookupHash lookup;
  private final Marks marks;
  private final LetterBudget budget;
  private final LinkGate gate;
  private final SignInLinkRepository links = new SignInLinkRepository();

  public SignInLinks(
      Database database,
      Staff staff,
      Sealer sealer,
      LookupHash lookup,
      Marks marks,
      LetterBudget budget,
      Audit audit,
      Bus bus,
      InstantSource clock,
      SignInPost post) {
    this.database = database;
    this.staff = staff;
    this.sealer = sealer;
    this.audit = audit;
    this.bus = bus;
    this.clock = clock;
    this.post = post;
    this.lookup = lookup;
    this.marks = marks;
    this.budget = budget;
    this.gate = new LinkGate(new Attempts(lookup, clock));
  }

  /** A link for a hand that is trusted already; good for a day. Answers with its token. */
  public String print(String actor, StaffMember who) {
    return database.transaction(
        tx -> issue(tx, actor, who.id(), "print", clock.instant().plus(PRINTED)));
  }

  /**
   * Writes down that somebody at this address wants a link. Tells nothing about the address; who
   * asks too often is told so, whatever they asked for.
   *
   * @param forgotten whether they want to set a new password
   */
  public void request(String email, boolean forgotten, Asker asker) {
    String address = EmailAddress.normalise(email).orElse("");
    List<Mark> known = asker.at(Door.STAFF);
    boolean allowed =
        database.transaction(
            tx -> {
              LinkGate.Entry entry = gate.admit(tx, Door.STAFF, asker);
              if (entry != LinkGate.Entry.REFUSED) {
                links.ask(
                    tx,
                    new Request(
                        sealer.seal(ADDRESS, address),
                        clock.instant(),
                        asker.browserDigest(),
                        budget.hash(asker),
                        marks.write(known),
                        entry == LinkGate.Entry.BY_MARK,
                        forgotten));
                tx.afterCommit(() -> bus.publish(LinkRequested.TOPIC, new LinkRequested()));
              }
              return entry != LinkGate.Entry.REFUSED;
            });
    if (!allowed) {
      throw new TooMany(
          "too_many_attempts", "Too many links were asked for. Wait 15 minutes.", Attempts.WINDOW);
    }
  }

  /** Sends what was asked for. True where more may be waiting. */
  public boolean round() {
    int sent = 0;
    for (long id : links.waiting(database, BATCH)) {
      try {
        database.inTransaction(tx -> links.claim(tx, id).ifPresent(wish -> answer(tx, wish)));
        sent++;
      } catch (RuntimeException failure) {
        // One that cannot be sent must not keep the others waiting; it is tried again until it is
        // too old.
        log.atError()
            .addKeyValue("request", id)
            .setCause(failure)
            .log("A sign-in link could not be sent");
      }
    }
    return sent == BATCH;
  }

  private void answer(Tx tx, Request wish) {
    if (!wish.at().plus(MAILED).isAfter(clock.instant())) {
      return;
    }
    String address = sealer.open(ADDRESS, wish.address());
    staff
        .repository()
        .findByAddress(tx, address)
        .filter(Known::active)
        .map(Known::member)
        .ifPresent(who -> answer(tx, wish, who));
  }

  private void answer(Tx tx, Request wish, StaffMember who) {
    Optional<Mark> own = Asker.own(marks.read(wish.marks()), Door.STAFF, who.id().value());
    if (wish.byMark() && own.isEmpty()) {
      log.atInfo().log("A link beyond its network's limit was asked for by another's mark");
      return;
    }
    Instant now = clock.instant();
    Leave leave =
        budget.admit(
            tx,
            org.tocsin.platform.address.EmailAddress.stored(who.email()),
            wish.source(),
            own,
            () -> links.opensAnywhere(tx, who.id(), now));
    switch (leave) {
      case NONE -> {
        // A letter that opens in any browser is in the mailbox already.
      }
      case BOUND -> send(tx, wish, who, false, wish.at().plus(MAILED));
      case ANYWHERE -> send(tx, wish, who, true, now.plus(LetterBudget.DAY));
    }
  }

  /** What opens anywhere signs in and does no more: it may be opened by who only reads the mail. */
  private void send(Tx tx, Request wish, StaffMember who, boolean anywhere, Instant expires) {
    MailedLink link =
        new MailedLink(
            Secrets.random(),
            LetterCode.random(),
            anywhere,
            wish.forgotten() && !anywhere,
            expires);
    links.insertMailed(
        tx, link, who.id(), wish.browser(), LetterCode.hash(lookup, link.code()), clock.instant());
    post.send(tx, who, link);
    recordIssue(tx, "person", who.id(), "mail");
  }

  private String issue(Tx tx, String actor, StaffId who, String how, Instant expires) {
    String token = Secrets.random();
    links.insert(tx, Secrets.digest(token), who, clock.instant(), expires);
    recordIssue(tx, actor, who, how);
    return token;
  }

  private void recordIssue(Tx tx, String actor, StaffId who, String how) {
    audit.record(tx, actor, "sign_in_link.issued", who.actor(), new JsonObject().put("by", how));
  }

  /** Housekeeping: wishes that grew too old to be answered. */
  public int forgetExpired() {
    return links.forgetRequests(database, clock.instant().minus(MAILED));
  }
}
