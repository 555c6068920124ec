/**
 * The engine under faults: real hub processes over one real PostgreSQL and receivers that swear to
 * what they got. Nothing here is simulated that can be done: processes are killed, stopped and
 * frozen, the database is restarted, relay and endpoints misbehave. Only the clock of a machine is
 * set by a file ({@code JumpingHub}): nobody sets it for one process.
 *
 * <p>A <b>case</b> sends an <b>issue</b> to all readers, and its event to all partners, or an alert
 * to all correspondents, while something goes wrong, waits for the end, and asks for the
 * <b>verdict</b>, which compares ledger and receiver, by Message-ID or by endpoint and webhook-id:
 *
 * <ul>
 *   <li><b>missing</b>: SENT and never received, still pending, or not in the ledger at all;
 *   <li><b>doubled</b>: received more than once; <b>listed</b>: in doubt in the ledger, or marked
 *       as perhaps arrived twice; <b>unlisted</b>: doubled and not listed;
 *   <li><b>wrong</b>: SENT and never received; FAILED, SUPPRESSED, WITHHELD or CANCELLED without a
 *       mark and yet acknowledged; received and not in the ledger; or counted otherwise than
 *       listed.
 * </ul>
 *
 * The short form runs with all tests. {@code mvn -Pchaos verify -Dkills=50} runs the long one too;
 * the tables of all verdicts are printed at the end and kept in {@code target/chaos}.
 */
@NullMarked
package org.tocsin.chaos;

import org.jspecify.annotations.NullMarked;
