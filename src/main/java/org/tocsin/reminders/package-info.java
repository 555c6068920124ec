/**
 * Reminders by mail: what staff would otherwise find only by opening the desk. A date of a filing
 * of one's own cases is called to mind some days before it, on it, and each week after it; members
 * whose yearly look is due, each Monday, to those who keep the list. One mail a day and person at
 * most, which says how many things wait and where, and not what.
 *
 * <p>Each member of staff has a row that says until which day was looked, moved on in the
 * transaction that queues the mail: over any number of nodes, restarts and days without a hub,
 * nothing is told twice and no date is passed over.
 */
@NullMarked
package org.tocsin.reminders;

import org.jspecify.annotations.NullMarked;
