@NullMarked
package org.tocsin.house.bad.web.site;

import org.jspecify.annotations.NullMarked;
