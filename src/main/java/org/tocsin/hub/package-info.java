/**
 * A running hub: its storage (database, keys, data folder), and the wiring that constructs
 * everything once, by plain constructors. Commands stand above it; nothing below knows it.
 */
@NullMarked
package org.tocsin.hub;

import org.jspecify.annotations.NullMarked;
