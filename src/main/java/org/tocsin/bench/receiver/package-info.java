/**
 * Receivers of mail and webhooks that swear to what they were given and misbehave on demand.
 *
 * <p>A {@link org.tocsin.bench.receiver.Receiver} listens on loopback and answers about itself on a
 * second port ({@link org.tocsin.bench.receiver.RemoteReceiver}). All of it runs on one event loop,
 * so nothing is locked and every count is exact. The way of what it reads: a {@code
 * ReceiverConnection} holds the socket, a {@code Dialogue} the protocol, a {@code Logbook} what was
 * seen. Its words:
 *
 * <ul>
 *   <li><b>received</b>: a message that was there to its last byte and is counted;
 *   <li><b>acknowledged</b>: received, and the good answer was handed to the socket; whether it
 *       arrived, nobody here can know. <b>Unacknowledged</b> is the rest of the received;
 *   <li><b>delivery</b>: one recipient and one id (Message-ID, webhook-id). What was received
 *       beyond the distinct deliveries are <b>duplicates</b>; deliveries beyond the distinct
 *       recipients are <b>others</b>;
 *   <li><b>apart</b>: what was refused, dropped or left hanging is counted there and not received;
 *       a mail with a <b>flaw</b> is counted there and received;
 *   <li><b>recipients_sum</b>: the fingerprints of the distinct recipients added up; it tells that
 *       nobody is missing, without a list of a million.
 * </ul>
 */
@NullMarked
package org.tocsin.bench.receiver;

import org.jspecify.annotations.NullMarked;
