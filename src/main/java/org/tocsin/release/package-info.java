/**
 * Release: what two people made of one text. The <b>editors</b> of a subject ("newsletter:12") are
 * all who ever wrote at it; an <b>approval</b> binds one other person to the hash of the form
 * written last; a <b>release</b> binds the approval to audience, channels, time and mode. Any later
 * edit, even one that restores the approved words, voids the approval.
 *
 * <p>The rules live in the database ({@code V004__release.sql}) and hold for every caller on the
 * hub's own role; this package speaks them and translates what the database refuses. Uses {@code
 * access} and {@code platform} only, and knows nothing of what is released.
 */
@NullMarked
package org.tocsin.release;

import org.jspecify.annotations.NullMarked;
