/**
 * How one delivery leaves the house. A {@link org.tocsin.channels.Channel} takes an {@link
 * org.tocsin.channels.Envelope}, which knows nothing of why it is sent, and answers with an {@link
 * org.tocsin.channels.Outcome}, which tells besides whether the other side may have read something
 * of it.
 */
@NullMarked
package org.tocsin.channels;

import org.jspecify.annotations.NullMarked;
