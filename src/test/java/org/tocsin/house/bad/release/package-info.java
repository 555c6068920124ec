@NullMarked
package org.tocsin.house.bad.release;

import org.jspecify.annotations.NullMarked;
