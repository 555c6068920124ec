@NullMarked
package org.tocsin.house.bad.platform.two;

import org.jspecify.annotations.NullMarked;
