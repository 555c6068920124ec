/**
 * The engine: how one message becomes many deliveries, each accounted for.
 *
 * <p>A <b>broadcast</b> is one message on one channel. Its <b>recipients</b> are frozen by the
 * snapshot into <b>segments</b> of at most 1,000. A dispatcher claims whole segments by lease and
 * epoch, sends no further than the <b>watermark</b> ({@code sent_hi}) that its last flush
 * committed, and settles each recipient with one <b>outcome</b>. What a crash leaves between {@code
 * settled} and {@code sent_hi} without an outcome is <b>in doubt</b>: sent again with the same id,
 * or listed, as the broadcast's policy says. Never silent.
 *
 * <pre>
 * broadcast  SNAPSHOTTING → RUNNING ⇄ PAUSED → COMPLETED | CANCELLED | STOPPED
 * segment    READY ⇄ LEASED → DONE          settled ≤ sent_hi ≤ upto ≤ size
 * delivery   pending → SENT | FAILED | SUPPRESSED | WITHHELD | CANCELLED | IN_DOUBT
 *
 * total = sent + failed + suppressed + withheld + cancelled + in_doubt + pending
 * </pre>
 *
 * <p>Cancel and STOP lower {@code upto} to the watermark in one transaction: nothing further is
 * granted, what was granted settles by itself. A STOP withholds where a cancel cancels, closes the
 * broadcast for further turns, and {@code Reached} then tells who was or may have been reached.
 *
 * <p>An audience may put somebody off to a <b>later</b> hour. They are pending and wait in the
 * retry queue, in the first turn and without a try, so nobody was reached and a cancel or STOP cuts
 * them off; at their hour the audience is asked again, and nobody is put off twice.
 *
 * <p>Lanes: 0 urgent, 1 transactional, 2 newsletters and bulletins, 3 replay. Nothing is shared
 * between nodes but rows; the bus only rings doorbells.
 */
@NullMarked
package org.tocsin.broadcasts;

import org.jspecify.annotations.NullMarked;
