/** What only a demo has: the captured mailbox. */
@NullMarked
package org.tocsin.web.dev;

import org.jspecify.annotations.NullMarked;
