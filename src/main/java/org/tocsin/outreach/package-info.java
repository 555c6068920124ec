/**
 * Outreach: what our own staff said to officials about a case, and what came back. (What members
 * write themselves belongs to alerts.)
 *
 * <p>A <b>contact</b> is one letter, mail, call or meeting: with whom, when, and what was said. All
 * who read the case may read it. A <b>reply</b> is what the authority answered: CASE_TEAM, as
 * {@link org.tocsin.cases.TeamFile} is, and not even looked up for anybody else. Both are written
 * by the case's team, never rewritten, and not once the case is sealed.
 *
 * <p>Uses {@code cases} (whose team writes, whose audit tells) and {@code officials}. Callers check
 * {@code Permission}; the team is asked for here.
 */
@NullMarked
package org.tocsin.outreach;

import org.jspecify.annotations.NullMarked;
