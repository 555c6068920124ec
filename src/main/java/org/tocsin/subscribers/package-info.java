/**
 * The people who signed up: who they are, what they asked for, and how they leave.
 *
 * <p>A <b>subscriber</b> has one address and a <b>subscription</b> to each topic ever asked for. A
 * topic that was left keeps its row, so that no import ever overwrites a "no". A <b>suppression</b>
 * outlives everything, also erasure.
 *
 * <pre>
 * subscriber    PENDING → ACTIVE ⇄ PAUSED → UNSUBSCRIBED | BOUNCED | COMPLAINED    (erased: no row, a suppression)
 * subscription  PENDING → ACTIVE ⇄ LEFT
 * </pre>
 *
 * <p>The public form only leaves a sealed request ({@link org.tocsin.subscribers.SignUps}, on the
 * site's role, which can read nobody); what follows is the {@link
 * org.tocsin.subscribers.SignUpClerk}'s, so that the answer and its time are the same whoever asks.
 * What a person does later is done by the links in our mails ({@link
 * org.tocsin.subscribers.PersonLinks}): each is a token that carries its own meaning and is checked
 * against the state it speaks of. A person known already, who asks for more, leaves no trace before
 * the confirmation: the wish is in the link.
 *
 * <p>What one network asks for beyond its pace waits its turn, in order, in that same table, before
 * anybody looks whose address it is; one letter an address. What is beyond the cap is refused where
 * it is asked, and what a machine filled is answered like any and dropped. All of it is counted
 * ({@link org.tocsin.access.WishTally}): nothing is lost in silence. Strangers' letters are counted
 * with those of every other door ({@link org.tocsin.access.LetterBudget}); the last of a day's
 * brings the link to one's choices. What somebody without choices asks for when a day's are used
 * up, and no letter named yet, waits for the next.
 *
 * <p>Addresses and names are sealed; {@link org.tocsin.subscribers.PeopleVault} opens them and
 * makes the keyed hashes that find them again.
 */
@NullMarked
package org.tocsin.subscribers;

import org.jspecify.annotations.NullMarked;
