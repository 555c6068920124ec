/**
 * Who may. Staff have roles; a role has permissions; every route of the desk and the API names one.
 * A session or an API token stands for one member of staff.
 *
 * <p>A <b>token</b> has a name, a <b>scope</b> and an end. Its scope lists {@code read} (whatever
 * changes nothing), roles or single verbs; it lends what is listed <i>and</i> what its owner's
 * roles allow at that moment, whichever is less; and never a verb without those that guard what its
 * answers tell ({@link org.tocsin.access.Permission#needs}). It ends after 90 days where nothing
 * else is asked for; its owner is told by mail when it is made, and 14 and 3 days before it ends
 * (one of three days or less: the day before). When it was last used is kept to the minute.
 *
 * <p><b>Limits are spent by who asks, never by who is named.</b> An {@link org.tocsin.access.Asker}
 * is a network and the {@link org.tocsin.access.Mark}s its browser carries: sealed numbers that say
 * who came in by it before. All doors (staff, members, subscribers, applicants, changes of address)
 * ask the same five:
 *
 * <pre>
 * PasswordGuesses   a marked browser by itself; else network × address 5, network 20, address 50 in 15 minutes
 * LetterBudget      the owner's own browsers by themselves; else network × address 4, address 5 a day; the last opens anywhere
 * LinkGate          links asked for at the desk and the portal: network 20 in 15 minutes; beyond, 20 by a person's mark, to themselves
 * RequestGate       what one network leaves at a public form: 200 an hour, beyond them 20 by a person's mark, then 429
 * LetterPace        and how fast it is answered: 20 letters an hour, the rest in order
 * </pre>
 *
 * A mark is good for letters to its owner alone. To anybody else who carries it is a stranger,
 * counted under their network; and it counts for the person, not for the number of the browser,
 * which every visit draws anew.
 *
 * <p>What a limit answers is the same whether or not anybody has the address, and what was done
 * with a wish for a letter is told to nobody.
 *
 * <p>A mailed link works once, in the browser that asked (or anywhere, where it is the last of the
 * day's), and beside it stands a {@link org.tocsin.access.LetterCode} for that browser. A printed
 * link works in any. Only a link that was printed, or asked for because a password was forgotten,
 * replaces a password; one that opens anywhere never does.
 */
@NullMarked
package org.tocsin.access;

import org.jspecify.annotations.NullMarked;
