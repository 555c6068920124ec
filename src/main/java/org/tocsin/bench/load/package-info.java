/**
 * Bare clients: how fast a receiver of {@code bench.receiver} can be fed by somebody who does
 * nothing else. They keep no account, know no recipient but a number and try nothing twice; what
 * they reach is the raw limit that the engine is measured against.
 */
@NullMarked
package org.tocsin.bench.load;

import org.jspecify.annotations.NullMarked;
