/** A house as ours must not be: every class here breaks one rule of {@code HouseRules}. */
@NullMarked
package org.tocsin.house.bad;

import org.jspecify.annotations.NullMarked;
