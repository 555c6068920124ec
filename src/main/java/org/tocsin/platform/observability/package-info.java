/**
 * What operators see: the management port with liveness, readiness and Prometheus metrics. No label
 * and no answer holds an address, a token or the name of a private thing.
 */
@NullMarked
package org.tocsin.platform.observability;

import org.jspecify.annotations.NullMarked;
