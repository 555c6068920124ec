@NullMarked
package org.tocsin.house.bad.web.desk;

import org.jspecify.annotations.NullMarked;
