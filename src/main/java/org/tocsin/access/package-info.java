/**
 * Who may. Staff have roles; a role has permissions; every route of the desk and the API names one.
 * A session or an API token stands for one member of staff.
 *
 * <p>A <b>token</b> has a name, a <b>scope</b> and an end. Its scope lists {@code read} (whatever
 * changes nothing), roles or single verbs; it lends what is listed <i>and</i> what its owner's
 * roles allow at that moment, whichever is less. It ends after 90 days where nothing else is asked
 * for; its owner is told by mail when it is made, and 14 and 3 days before it ends. When it was
 * last used is kept to the minute.
 */
@NullMarked
package org.tocsin.access;

import org.jspecify.annotations.NullMarked;
