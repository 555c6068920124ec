/**
 * The engine under faults: real hub processes over one real PostgreSQL and a receiver that swears
 * to what it got. Nothing here is simulated that can be done: processes are killed, stopped and
 * frozen, the database is restarted, the relay misbehaves.
 *
 * <p>A <b>case</b> sends an <b>issue</b> to all readers while something goes wrong, waits for its
 * end, and asks for the <b>verdict</b>, which compares ledger and receiver by Message-ID:
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
 * the table of all verdicts is printed at the end and kept in {@code target/chaos/table.md}.
 */
@NullMarked
package org.tocsin.chaos;

import org.jspecify.annotations.NullMarked;
