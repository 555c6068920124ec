/** The staff's desk. */
@NullMarked
package org.tocsin.web.desk;

import org.jspecify.annotations.NullMarked;
