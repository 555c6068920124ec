/**
 * The event bus carries news, never work: doorbells and facts in the past tense. Any message may be
 * lost; whoever listens also polls. There is no request and reply between features. News is heard
 * here at once, and on the other nodes where there is a cluster.
 */
@NullMarked
package org.tocsin.platform.bus;

import org.jspecify.annotations.NullMarked;
