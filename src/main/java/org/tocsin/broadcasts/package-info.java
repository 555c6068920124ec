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
 * <p>One recipient's way, a class a step: a {@code Dispatcher} claims; a {@code SegmentRun} asks
 * its {@code Lookahead} for the next, whom the {@code Courier} makes {@code Ready} (consent,
 * suppression, printing), takes {@code Places} through the {@code Passage} and lets the {@code
 * SegmentLedger} move the watermark; a {@code Departure} waits in the {@code Slots} for its lane's
 * turn and leaves through the channel; its {@code Landing} comes back to the {@code Flight}, and
 * the next flush writes it down. A {@code RetryRun} goes the same way for rows of the retry queue.
 *
 * <p>Bounds: a node's {@code Window} holds 256 granted and unsettled, the most a crash leaves in
 * doubt; a fifth of it, and of a channel's slots, is kept for the urgent (a few for stops alone), a
 * tenth for newsletters, which step aside while an alert is under way. A statement that settles
 * some and grants others uses their places again. Nobody leaves later than a second after consent
 * was looked at. {@code Underway} asks twice a second how the broadcasts under way stand, so a
 * pause, a cancel or a STOP needs no bus: what has not left is called back.
 *
 * <p>A broadcast belongs to somebody: its {@code BroadcastOwner}, the feature that started it.
 * Whoever asks for a pause, a cancel or a further turn asks the {@code Controls}, which hand it to
 * the owner in one transaction; what only an owner does stands on {@code OwnedBroadcasts}, of which
 * there is one for each. What belongs to nobody takes no verb.
 *
 * <p>A <b>standstill</b> holds everything but stops and letters to one person. While it is on, the
 * database halts whatever is started or let go; at its end exactly what it halted goes on.
 *
 * <p>Cancel and STOP lower {@code upto} to the watermark in one transaction: nothing further is
 * granted, what was granted settles by itself. A STOP withholds where a cancel cancels, closes the
 * broadcast for further turns, and {@code Reached} then tells who may have read any of it. That is
 * a property of each try, which the channel tells with its outcome and {@code engine.attempt}
 * keeps: an answer of 500 is a failure, and its sender may have read all. It moves no counter, and
 * no later try takes it back.
 *
 * <p>A STOP message waits for nobody's throttle ({@code Admission}), and nothing else passes one:
 * an endpoint gets its first try at once, whatever rate it allows and however long it asked to
 * wait; at a mail domain that is closed one recipient <b>knocks</b> for all. Where that is taken
 * the rest follow at once, though the domain stays closed to others; where it is refused, the next
 * knocks a minute later. A stop's rows are the first of every queue, bounced addresses are tried
 * too, and only its expiry ends its tries. A circuit, once there is one, closes its endpoint's
 * group and is passed in the same way.
 *
 * <p>Who waits in the retry queue without having been tried waits for an <b>hour</b> that an
 * audience put them off to (once), for the <b>rate</b> of their group, for the <b>relay</b> where
 * their channel has no way out, or for their <b>turn</b> after a pause. Nobody of them was reached,
 * so a cancel or STOP cuts them off. Each row says what was answered last.
 *
 * <p>A fault is filed under whom it belongs to. What an address hears at its first try is its own
 * matter, for so does greylisting begin. A mail domain is closed by a <b>rate</b> of refusals
 * ({@code RefusalRate}), never by one. What happens before a recipient is named is the channel's:
 * it closes as a whole, for a minute at most, and no try is spent. And where nearly all of the
 * first hundred answers are one and the same refusal for good that is not about the addresses, it
 * is the message's: a newsletter pauses itself, an alert goes on, and both alarm ({@code
 * RefusalAlarm}).
 *
 * <p>An answer may take ten minutes. Leases are renewed meanwhile; a segment of which only answers
 * are waited for, and a delivery that is under way for long, leave their places to others.
 *
 * <p>A <b>group</b> (a mail domain, an endpoint, a channel) shares limits and fate. Who waits for
 * one stands in a <b>queue</b> of its own among the retries: nobody but who knocks is claimed from
 * it while the group is closed, and where it has a rate all nodes together claim as many as its
 * bucket gives, lane by lane, so that an alert goes before a newsletter. What waits of a paused
 * broadcast is parked, out of the way of who looks for what is due.
 *
 * <p>All that leaves on a channel keeps one <b>rate</b> over all nodes, where there is one: who
 * leaves takes a place through the {@code Passage}, of the node's window and of the bucket. Alerts
 * and letters to one person do not wait for it.
 *
 * <p>The big tables are only added to and cut by broadcast ({@code engine.cut}). An old cut is
 * dropped once no owner needs a broadcast in it: {@code engine.is_needed}, which they answer.
 * Lanes: 0 urgent, 1 transactional, 2 newsletters and bulletins, 3 replay. Nothing is shared
 * between nodes but rows; the bus only rings doorbells, here and, where there is a cluster, on the
 * others.
 */
@NullMarked
package org.tocsin.broadcasts;

import org.jspecify.annotations.NullMarked;
