/**
 * Where somebody is reached and from where they ask: mail addresses and networks, in one spelling.
 */
@NullMarked
package org.tocsin.platform.address;

import org.jspecify.annotations.NullMarked;
