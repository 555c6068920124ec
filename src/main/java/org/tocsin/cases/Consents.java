package org.tocsin.cases;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.access.StaffId;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.NotFound;
import org.tocsin.platform.language.Messages;

/**
 * Consent: given once and never rewritten. Its end, by a word or by the calendar, is told to every
 * watch in the transaction that writes it down.
 */
public final class Consents {
  private static final Logger log = LoggerFactory.getLogger(Consents.class);
  private static final int AT_ONCE = 100;

  private final Casebook book;
  private final ConsentRepository consents;
  private final List<ConsentWatch> watches;

  /**
   * @param watches whoever lets out what a consent allowed
   */
  public Consents(Casebook book, List<ConsentWatch> watches) {
    this.book = book;
    this.consents = new ConsentRepository(book.vault);
    this.watches = List.copyOf(watches);
  }

  /** Newest first. */
  public List<Consent> list(CaseId id) {
    return consents.list(book.database, id);
  }

  /** Our own work is always part of it: nothing else makes sense without. */
  public void give(CaseId id, ConsentDraft draft, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    LocalDate today = Consent.today(book.now());
    String evidence = rules.required("evidence", draft.evidence(), CaseRules.MAX_TEXT);
    rules.past("given", draft.given(), today);
    draft.expires().ifPresent(last -> rules.ends("expires", last, draft.given()));
    rules.check();
    Set<ConsentScope> scopes = EnumSet.of(ConsentScope.INTERNAL_WORK);
    scopes.addAll(draft.scopes());
    ConsentDraft tidy =
        new ConsentDraft(draft.giver(), scopes, draft.given(), draft.expires(), evidence);
    book.change(
        id,
        staff,
        "consent_given",
        new JsonObject().put("giver", tidy.giver().name()),
        (tx, before) -> consents.insert(tx, id, tidy, staff, book.now()));
  }

  /**
   * Whatever the state of the case, sealed or not. Conflict {@code consent_ended} where it was over
   * before.
   */
  public void revoke(CaseId id, ConsentId consent, String reason, StaffId staff, Messages words) {
    CaseRules rules = new CaseRules(words);
    String why = rules.required("reason", reason, CaseRules.MAX_TEXT);
    rules.check();
    try {
      book.database.inTransaction(
          tx -> {
            book.lockForTeam(tx, id, staff);
            Optional<CaseId> owner = consents.findCase(tx, consent);
            if (owner.filter(id::equals).isEmpty()) {
              throw new NotFound("consent");
            }
            Instant now = book.now();
            consents.revoke(tx, consent, why, staff, now);
            book.cases.touch(tx, id, now);
            watches.forEach(watch -> watch.consentEnded(tx, id));
            book.audit.record(
                tx,
                staff.actor(),
                "case.consent_revoked",
                id.subject(),
                new JsonObject().put("consent", consent.value()));
          });
    } catch (ConstraintViolated broken) {
      throw broken.constraint().equals("consent_ended")
          ? new Conflict("consent_ended", "This consent has ended already")
          : broken;
    }
  }

  /**
   * A round of housekeeping: says of what expired that it did. One case that fails does not keep
   * the others waiting.
   *
   * @return whether there may be more
   */
  public boolean round() {
    LocalDate today = Consent.today(book.now());
    List<CaseId> over = consents.casesOver(book.database, today, AT_ONCE);
    int failed = 0;
    for (CaseId id : over) {
      try {
        expire(id, today);
      } catch (RuntimeException failure) {
        failed++;
        log.atError()
            .addKeyValue("case", id.value())
            .setCause(failure)
            .log("A consent expired and could not be ended; tried again");
      }
    }
    return over.size() == AT_ONCE && failed == 0;
  }

  private void expire(CaseId id, LocalDate today) {
    book.database.inTransaction(
        tx -> {
          Instant now = book.now();
          int ended = book.cases.lock(tx, id).isEmpty() ? 0 : consents.expire(tx, id, today, now);
          if (ended == 0) {
            return;
          }
          book.cases.touch(tx, id, now);
          watches.forEach(watch -> watch.consentEnded(tx, id));
          book.audit.record(
              tx,
              "system",
              "case.consent_expired",
              id.subject(),
              new JsonObject().put("consents", ended));
        });
  }
}
