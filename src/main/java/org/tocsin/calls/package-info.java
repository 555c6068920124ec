/**
 * Calls for volunteers: health professionals and interpreters are asked, by their areas, whether
 * they can help somebody. A person's safety may hang on it, so a <b>call</b> stays behind the wall
 * as an alert does: it has a random <b>reference</b> (K7Q2-M9XD), what is mailed is the thin letter
 * that every member gets, and the call is read and answered in the portal.
 *
 * <pre>
 * DRAFT → IN_REVIEW → APPROVED → OPEN ⇄ FILLED → OVER
 *   |_________|__________| edit, reject     |        |
 *   any state → CLOSED(reason), one person ─┴────────┘
 * </pre>
 *
 * <p>Stored are DRAFT, IN_REVIEW, APPROVED, RELEASED and CLOSED. Of a released call, OPEN, FILLED
 * (as many as are needed said that they can) and OVER (its answer-by time has come) follow from the
 * answers and the clock.
 *
 * <p>What two people approve is the <b>frozen</b> call: its words, whom it asks, how many it needs,
 * until when, and the thin letter of each language. A release starts one broadcast to the
 * volunteers of its areas; closing withholds what is unsent of it, and is the only way to end it:
 * anybody may pause the letters, who may let calls go lets them go on ({@code CallSends}).
 *
 * <p>An <b>answer</b> is "I can" or "I cannot", with a note and days. It is never rewritten: the
 * last word of each volunteer counts, until the call is over. That a full call takes no further yes
 * is a rule of the database. Nobody but a volunteer of its areas, or one who has answered, learns
 * that a call exists.
 *
 * <p>Locks are taken in this order: the call, the audit's head. Uses {@code cases} for references,
 * {@code correspondents}, {@code broadcasts}, {@code release} and what lies below.
 */
@NullMarked
package org.tocsin.calls;

import org.jspecify.annotations.NullMarked;
