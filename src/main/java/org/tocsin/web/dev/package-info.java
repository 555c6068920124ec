/** What only a demo has: the captured mailbox, and receivers for its webhooks. */
@NullMarked
package org.tocsin.web.dev;

import org.jspecify.annotations.NullMarked;
