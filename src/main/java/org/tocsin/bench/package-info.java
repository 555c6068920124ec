/**
 * What the engine is measured and tried against, in processes of their own: receivers that swear to
 * what they got ({@code receiver}) and bare clients that show the raw limit ({@code load}).
 *
 * <p>Uses the platform and, to sign and verify webhooks, {@code channels.webhook}; knows no feature
 * of the hub.
 */
@NullMarked
package org.tocsin.bench;

import org.jspecify.annotations.NullMarked;
