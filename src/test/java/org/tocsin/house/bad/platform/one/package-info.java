@NullMarked
package org.tocsin.house.bad.platform.one;

import org.jspecify.annotations.NullMarked;
