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
 * <p>A text that may name somebody whom nobody may name in public is <b>held</b> in review ({@link
 * org.tocsin.publications.LeakCheck}, answered by whoever knows cases) until somebody who may read
 * cases has <b>cleared</b> it: this text, by its hash, and no later one.
 *
 * <p>{@link org.tocsin.publications.Newsletters} is the desk's side, {@link
 * org.tocsin.publications.Archive} and {@link org.tocsin.publications.Feeds} the public's. Callers
 * check {@code Permission}.
 */
@NullMarked
package org.tocsin.publications;

import org.jspecify.annotations.NullMarked;
