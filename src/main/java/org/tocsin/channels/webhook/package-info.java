/**
 * Webhooks after Standard Webhooks 1.0.0: signed, retried with the same webhook-id, never
 * redirected, never to an address inside somebody's network.
 */
@NullMarked
package org.tocsin.channels.webhook;

import org.jspecify.annotations.NullMarked;
