/**
 * Partners' webhook endpoints and the events they are told of.
 *
 * <p>An <b>endpoint</b> is a partner's URL that listens to some types of event in one <b>scope</b>,
 * {@code public} or {@code network}. It hears nothing before its receiver has <b>consented</b>:
 *
 * <pre>
 * REGISTERED → CHALLENGED → ACTIVE ⇄ DEGRADED
 *      └────────────┴─────────┴────────┴────→ DISABLED → CHALLENGED
 * </pre>
 *
 * Consent is the CloudEvents handshake ({@code OPTIONS}, answered with {@code
 * WebHook-Allowed-Origin}), or else a signed challenge, answered 2xx with the challenge in the
 * body: alone, or as the field {@code challenge} of a JSON object. A mere 2xx proves nothing: half
 * the web answers a POST that way, so anybody could point our events at a stranger. The one
 * exception is a demonstration ({@code webhooks.allow_private}): there a receiver on loopback that
 * answers the signed challenge 2xx becomes ACTIVE, because only somebody at this very machine can
 * run one, and {@code nc}-like receivers of a first try need not know the protocol. The database
 * keeps which of the three it was.
 *
 * <p>What the network hears takes <b>two people</b> of the staff: an endpoint of that scope stays
 * REGISTERED, and nothing is sent to it, neither event nor question, until somebody else than who
 * registered it confirms it; then its receiver is asked. A constraint of the database says that
 * they are two and that none listens before, and a trigger takes the confirmation back from an
 * endpoint whose scope or host is changed. (Only its host is looked up while it is registered, so
 * that an address inside a network is refused at once.) An endpoint's URL does not change: another
 * URL is another endpoint. Those from before this rule are confirmed by nobody and go on.
 *
 * <p>410 ends a consent at once, five days of nothing but failures end it too; both disable the
 * endpoint, and only a new consent brings it back. Failing endpoints are DEGRADED and still tried.
 * The stop of an alert goes to whoever may have read it, disabled by its own answers or not; one
 * that staff disabled is cut off, and the stop's page says that it was not told.
 *
 * <p>An <b>event</b> is numbered inside its scope, which alone makes its id and its cursor, and
 * goes out as one broadcast on channel {@code webhook} to the endpoints of that very scope. What is
 * published in scope {@code network} is thin (an id and a link behind the door) and urgent.
 *
 * <p>URLs, contacts and secrets are sealed; the courier's role opens what it needs to send, and the
 * public site's role reads nothing here.
 */
@NullMarked
package org.tocsin.network;

import org.jspecify.annotations.NullMarked;
