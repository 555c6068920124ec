/**
 * Developments: what may be said in public of how a case went on, mostly good news. A draft is
 * written by the case's team and stays behind the wall, sealed as the case is, until somebody who
 * reads cases and wrote none of it has <b>cleared</b> these very words. What is cleared is handed
 * over to those who write for the public; it never says which case it is about.
 *
 * <pre>
 * DRAFT ⇄ CLEARED      cleared by a second person; any edit, and the end of the consent, undo it
 *   └──────┴─→ DROPPED
 * </pre>
 *
 * <p>To clear needs a consent that holds: {@code PUBLIC_NAME} where the words name the person, else
 * that or {@code PUBLIC_ANONYMISED}; and words in which {@link org.tocsin.cases.LeakLint} finds
 * nobody else, and nothing of a confidential filing. When a consent ends, what relied on it is a
 * draft again in the same transaction. Before a newsletter takes the words to the public it passes
 * its own review besides.
 *
 * <p>Uses {@code cases}, {@code release}, {@code access}, {@code audit} and {@code platform}.
 * Callers check {@code Permission}; the team is asked for here.
 */
@NullMarked
package org.tocsin.developments;

import org.jspecify.annotations.NullMarked;
