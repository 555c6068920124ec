/**
 * Alerts: what is told of a live case to vetted members, and how it is stopped. After the Common
 * Alerting Protocol (CAP 1.2): a <b>chain</b> of <b>messages</b>, an ALERT (number 0), UPDATEs
 * (1..n) and at most one STOP, each referring to those it supersedes; a <b>mode</b> (ACTUAL,
 * EXERCISE, TEST); urgency, severity, certainty. In URLs, mails and events a chain has a random
 * <b>reference</b> of its own (K7Q2-M9XD), never the case's.
 *
 * <pre>
 * message  DRAFT → IN_REVIEW → APPROVED → SCHEDULED → RELEASING → ACTIVE → EXPIRED
 *            |_________|__________| edit, reject     |           |         |
 *                                 └─ HELD ←──────────┴───────────┴─────────┘  one person, or a consent's end
 *                       APPROVED ← HELD  two people; what was released is released again
 * chain    any state → STOPPED(reason), one person | CLOSED(outcome)
 * </pre>
 *
 * <p>Stored are DRAFT, IN_REVIEW, APPROVED, RELEASED and HELD; what lies behind a release follows
 * from the clock, the act-by date and the engine's ledger. ACTIVE needs a ledger of letters that
 * says that a member has it or may have it: that nothing is under way any more says nothing, and
 * neither does an endpoint that took the event. Whose letters ended and reached no member, were it
 * because there was none, is HELD at once and stands before who released it, though endpoints may
 * still be tried. The other way round nothing is held: what members were asked to do is not taken
 * from them because an endpoint is down, which the inbox shows. How many may have read it whatever
 * was answered, {@code Broadcasts.reached} says, and no state. While everything is on hold, what is
 * not out yet is HELD too, and then stands as before.
 *
 * <p>Its broadcasts belong to the message: to pause one is to hold the message, nobody cancels or
 * resumes one, and who failed is tried again only while the message is out ({@code AlertSends}).
 *
 * <p>What two people approve is the <b>frozen</b> message: its words, its targets, whom it goes to
 * by which channels, its mode, and the thin letter of each language. One hash covers all of it.
 * Members read it in the portal, behind their sign-in; what the courier gets is the thin letter and
 * the thin event, made from a {@link org.tocsin.alerts.Thin} that holds a reference and nothing
 * else, so that nothing else can be said.
 *
 * <p>Whoever writes, approves and releases it sees what members will: {@link
 * org.tocsin.alerts.Readings#preview} is what a reader has before them, an {@link
 * org.tocsin.alerts.Addressee} makes the letter for both, and the event is the one that is sent.
 * What is seldom meant is a {@link org.tocsin.alerts.Doubt}: it is submitted only if whoever
 * submits it confirms it, which is frozen and shown to the approver. Officials are copied into the
 * message; what changes in the directory afterwards changes no word of it.
 *
 * <p>A release starts its broadcasts <b>held</b>. When its last look is over, {@link
 * org.tocsin.alerts.Launch} asks the gate once more and lets them go, or holds the message. So
 * consent and eligibility are asked for at approval, at release and at the moment of sending, and
 * where nobody asks, nothing leaves.
 *
 * <p>A <b>STOP</b> needs one person and says a fixed text. In one transaction everything unsent of
 * the chain is withheld and the stop is started to whoever may have read any of it, whatever was
 * answered and whatever throttle stands in the way. The database lets nothing else in lane 0 go
 * without two people. That a stop ended says nothing of who was told: where somebody was not
 * ({@link Alert#untold}: a complaint, an endpoint cut off, a member erased), it is never called
 * sent. Who does not have it stands on the stop's page, by name for whoever works at alerts and may
 * read this one (it is they who telephone), which is written down as a reading; for all others, who
 * may stop too, by number alone and with whom to ask.
 *
 * <p>Who reads a word of a chain in the portal may have no letter: it waits for their hour, or was
 * refused. They are noted before they are shown it ({@code alerts.reader}, a row for each chain and
 * member, gone with the member), and a stop goes to them too. Who sees only that it is held or
 * stopped has read nothing.
 *
 * <p>Whom an alert reached is kept for as long as it can be stopped: {@code engine.is_needed} tells
 * the engine's retention that its chain is open, or ended less than {@code engine.keep_months} ago.
 * A chain that nobody ever closes keeps it for ever, and with it the deliveries that share its cut;
 * so chains are closed. One closed longer ago can still be stopped, and its stop says that it is
 * not known any more who had it.
 *
 * <p>Locks are taken in this order: the case, the chain, the audit's head. Uses {@code cases},
 * {@code correspondents}, {@code network}, {@code broadcasts}, {@code release} and what lies below.
 */
@NullMarked
package org.tocsin.alerts;

import org.jspecify.annotations.NullMarked;
