/**
 * Who did what: append-only, hash-chained, written last inside the transaction of what it tells. An
 * entry names staff and things by number and holds no address and no case text.
 *
 * <p>And who read what: {@link org.tocsin.audit.Audit#read} is called where something private is
 * opened, before its reader has it. The first reading is an entry at once, in a short transaction
 * of its own; what the same person reads of the same thing within ten minutes is counted in the
 * database, on whatever node, and is one later entry ({@code times}, {@code since}). What cannot be
 * written down is not shown. Actions of readers begin with {@code read.}; an entry says how many
 * were shown, never what was searched for. Whoever is shown entries says whose eyes they are for
 * ({@link org.tocsin.audit.Audit.Sight}), so that nothing that tells how a case stands, or which
 * text names somebody of one, reaches anybody else; that an entry stands between two others can be
 * inferred from their numbers, which a chain must have. Readers of a node take the chain's end one
 * transaction at a time, so that nobody who acts waits behind a queue of those who read.
 */
@NullMarked
package org.tocsin.audit;

import org.jspecify.annotations.NullMarked;
