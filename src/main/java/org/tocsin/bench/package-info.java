/**
 * What the engine is measured and tried against: receivers that swear to what they were given and
 * misbehave on demand, and bare clients that show how fast such a receiver can be fed.
 *
 * <p>A {@link org.tocsin.bench.Receiver} speaks SMTP or HTTP and answers about itself on a second
 * port. All of it runs on one event loop, so nothing is locked and every count is exact. Its words:
 *
 * <ul>
 *   <li><b>received</b>: a message that was there to its last byte and is counted;
 *   <li><b>acknowledged</b>: received, and the good answer was handed to the socket; whether it
 *       arrived, nobody here can know. <b>Unacknowledged</b> is the rest of the received;
 *   <li><b>delivery</b>: one recipient and one id (Message-ID, webhook-id). Received beyond the
 *       distinct deliveries are <b>duplicates</b>, deliveries beyond the distinct recipients are
 *       <b>others</b>;
 *   <li>what is answered with a refusal, dropped or left hanging is counted apart and not received.
 * </ul>
 *
 * <p>Uses the platform and, to verify signatures, {@code channels.webhook}; knows no feature of the
 * hub.
 */
@NullMarked
package org.tocsin.bench;

import org.jspecify.annotations.NullMarked;
