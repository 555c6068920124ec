@NullMarked
package org.tocsin.house.bad.broadcasts;

import org.jspecify.annotations.NullMarked;
