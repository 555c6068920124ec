/**
 * Bulk mail over SMTP (RFC 5321) with pipelining (RFC 2920): many messages a connection, one round
 * trip a message, each with exactly one {@link org.tocsin.channels.Outcome}. It knows relays,
 * envelopes and bytes; what a message says and why it is sent is not its business.
 *
 * <p>A {@link org.tocsin.channels.email.smtp.SmtpLane} holds a queue (<em>waiting</em>) in front of
 * some connections to one {@link org.tocsin.channels.email.smtp.SmtpRelay}. A message given to it
 * is a <em>submission</em>: it waits, is taken by a connection, and is settled once. A connection
 * is first <em>opened</em> (greeting, EHLO, STARTTLS, AUTH) and then a <em>session</em>:
 *
 * <pre>
 * RESTING → [RESET →] MAIL → RCPT → DATA ─354→ BODY → DOT ─→ MAIL … (the next envelope went with the dot)
 *    ↑                                 │                │
 *    │                                 └─354 although refused→ LONE_DOT
 *    └──────── no message waits ←──────┴────────────────┴── FAREWELL: idle, used up or closing
 * </pre>
 *
 * <p>The <em>envelope</em> is MAIL, RCPT and DATA; the <em>dot</em> ends the message. Until the dot
 * is written a message that comes to grief is unsent, deferred or refused; from then on, without a
 * reply, it is in doubt. Who was sent the beginning of a body and not its dot gets it another time,
 * and may have read that much.
 *
 * <p>Whose a fault is, is told by when it happens. Until a recipient is named it is the relay's or
 * ours ({@link org.tocsin.channels.email.smtp.RelayFault}): the message is unsent, which is no try.
 * From RCPT on a reply is about the address, or, as the engine counts them, its domain. Each answer
 * has the time that RFC 5321 gives it, after the dot ten minutes; so that none holds up the rest, a
 * connection that waits for a slow one is made up for by another, up to as many again, and a
 * destination that answers slowly gets half of them at most.
 *
 * <p>A relay that does not know EHLO is not spoken to: HELO offers neither encryption nor login.
 */
@NullMarked
package org.tocsin.channels.email.smtp;

import org.jspecify.annotations.NullMarked;
