/**
 * Filings: complaints about a case to international and regional bodies, and the dates that go with
 * them.
 *
 * <p>A <b>mechanism</b> is one such body ({@link org.tocsin.filings.Mechanism}): who may complain,
 * its time limits, how far it keeps things to itself, and the consent it needs – each has a {@code
 * ConsentScope} of its name. A <b>filing</b> is one complaint:
 *
 * <pre>
 * DRAFT ⇄ CONSENT_CONFIRMED → FILED → TRANSMITTED → STATE_REPLY | NO_REPLY → COMMENT_DUE → DECISION → FOLLOW_UP → CLOSED
 *                               |___________|_____________|____________|__________↑      any state → CLOSED(reason)
 *                                           NO_REPLY, COMMENT_DUE → STATE_REPLY: late, or another round
 * </pre>
 *
 * <p>Each step is a row with the <b>day</b> on which it happened; the state follows it. To confirm
 * the consent and to file, the case must have passed its gate (ACTIVE, MONITORING or RESOLVED: a
 * complaint may outlast the alerts) and a consent to this very mechanism must hold; the latter is a
 * rule of the database. A consent that ends later does not stop a complaint that has left, but
 * every page of it says so.
 *
 * <p>A <b>deadline</b> is computed from the mechanism where it says so, or set by staff; it is
 * open, met or dropped. A <b>confidential</b> filing stays with staff: what it is called must stand
 * in no alert ({@link org.tocsin.filings.Filings#confidentialTexts}). A strictly confidential
 * mechanism leaves no choice.
 *
 * <p>Only the team of the case writes; whoever may read cases reads, but for the team's own notes.
 * Uses {@code cases}, {@code access}, {@code audit} and {@code platform}; callers check {@code
 * Permission}.
 */
@NullMarked
package org.tocsin.filings;

import org.jspecify.annotations.NullMarked;
