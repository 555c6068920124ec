/**
 * Publications: what the organisation says in public, and why we write to people. So far the
 * monthly newsletter.
 *
 * <pre>
 * DRAFT → IN_REVIEW → APPROVED → SCHEDULED → PUBLISHED → WITHDRAWN
 *   ↑_________|___________|__________|          any edit, a reviewer's no, a release taken back in time
 * </pre>
 *
 * <p>An issue is <b>pressed</b> when it is submitted: the archive's page and one letter a language
 * are kept, and the hash that two people agree on covers them and the source alike. Release copies
 * those very bytes into the broadcast and the archive; nothing is rendered again. The row in {@code
 * published_newsletter} is all that the public site's role can read, and every read of it asks
 * whether its time has come.
 *
 * <p>Whatever is not public yet may name somebody, so drafts, unsaved sketches, pressed forms and a
 * reviewer's reasons are <b>sealed</b>, and so is the engine's copy of what is scheduled. The plain
 * row that the site reads, and the event of those who poll, are written when their time has come
 * ({@link org.tocsin.publications.Newsletters#publishDue}).
 *
 * <p>A text that may name somebody whom nobody may name in public is <b>held</b>: whoever approves
 * it is shown the places ({@link org.tocsin.publications.LeakCheck}, answered by whoever knows
 * cases), looks at them, and approves or sends it back. Every approver reads cases; an editor may
 * not, so an editor hears nothing of it, nor does any other role without cases:
 *
 * <ul>
 *   <li>handing in asks nothing, so its answer and its time are the same whatever the text tells;
 *   <li>a text is looked through when its approver opens it and again when it is approved; an
 *       approval after a look is one entry of the audit like any other, and so is a return;
 *   <li>one person may hand in a hundred texts a day; each is looked through afterwards, and many
 *       that name somebody alarm security_admin and nobody else ({@link
 *       org.tocsin.publications.LeakAlarms}).
 * </ul>
 *
 * <p>What an editor can still infer: that a text was returned, how long it waited, and whatever the
 * reviewer's own words give away. A return is no proof, since texts are returned for other reasons,
 * and each one takes a person's time; whoever writes the reason is told to name nobody. A
 * security_admin learns of an alarm that one person's texts named several people of cases within a
 * day, and neither which texts nor whom.
 *
 * <p>{@link org.tocsin.publications.Newsletters} is the desk's side, {@link
 * org.tocsin.publications.Archive} and {@link org.tocsin.publications.Feeds} the public's. Callers
 * check {@code Permission}.
 */
@NullMarked
package org.tocsin.publications;

import org.jspecify.annotations.NullMarked;
