/** Duties that recur: done when a doorbell rings, and at the latest after their period. */
@NullMarked
package org.tocsin.platform.time;

import org.jspecify.annotations.NullMarked;
