/**
 * The people behind the wall: vetted members who get alerts about live cases, how they become
 * members, and how they come in. That somebody is one is private, and so is what they read.
 *
 * <p>The <b>roster</b> is the imported list of elected members (NAS, NAE, NAM). An
 * <b>application</b> is left at a public form, sealed; the answer is the same whoever it is. The
 * typed address is proved by its own mailbox. Then the roster is asked: one entry of that academy
 * and name matches, none or several go to a person. Whoever matched is asked at the
 * <em>roster's</em> address, never at the typed one, whether it was they; only after that does
 * staff decide. What staff accepts is a <b>member</b> of an <b>audience</b>: {@code correspondent},
 * {@code network} (academy contacts), {@code volunteer} (with {@code Areas}), {@code drill} (staff
 * who practise: an EXERCISE goes to them and to nobody else). The last three are enrolled at the
 * desk.
 *
 * <pre>
 * application  APPLIED → EMAIL_PROVEN → ROSTER_MATCHED | NEEDS_REVIEW → VERIFIED → ACCEPTED | REFUSED
 *              NEEDS_REVIEW → ROSTER_MATCHED (staff names the entry); any open one → REFUSED
 * member       ACTIVE ⇄ SUSPENDED → ENDED          travelling until a date is no state but a wish
 *                                                  erased: ENDED, a number without a person
 * link         asked → used | over                 10 minutes, one browser, one use; beside it a code
 *              the last of a day's                 24 hours, any browser, one use
 * </pre>
 *
 * <p>Anybody can type anybody's address. So each letter to an applicant stands for what was typed
 * when it was asked for, none ends another, and where it leads the reader puts right what is wrong.
 * What a network asks for beyond its pace waits its turn, one letter an address; what is held back,
 * refused or dropped is counted ({@link org.tocsin.access.WishTally}), as it is of sign-ups.
 *
 * <p>An open application holds its address, and from ROSTER_MATCHED on its roster entry; a member
 * that has not ended holds both too. Partial unique indexes say so, so that two who claim one entry
 * meet at the database. ACCEPTED and REFUSED applications keep only what a dispute needs, sealed,
 * until housekeeping forgets them.
 *
 * <p>What delivery may know is the view {@code members.addressee}: sealed address, language, state
 * and the two wishes that hold mail back. No name, no roster, no audience list. Alerts select their
 * readers by {@link org.tocsin.correspondents.CorrespondentAudience}; a country in a selection is
 * sealed, because broadcasts are read by all staff. A STOP goes to whom its alert reached ({@code
 * broadcasts.Reached}), whatever they are by now: it carries no case, and the harm it averts does
 * not ask who is suspended.
 *
 * <p>What is mailed of whatever waits behind the sign-in is the <b>thin letter</b> ({@link
 * org.tocsin.correspondents.ThinLetters}), the same for an alert and for a call for volunteers.
 *
 * <p>Suspending or ending a member deletes sessions and links in the same transaction; deliveries
 * that wait find out at the moment of sending.
 */
@NullMarked
package org.tocsin.correspondents;

import org.jspecify.annotations.NullMarked;
