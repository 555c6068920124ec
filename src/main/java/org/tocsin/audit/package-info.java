/**
 * Who did what: append-only, hash-chained, written last inside the transaction of what it tells. An
 * entry names staff and things by number and holds no address and no case text.
 */
@NullMarked
package org.tocsin.audit;

import org.jspecify.annotations.NullMarked;
