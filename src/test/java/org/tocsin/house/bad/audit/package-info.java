@NullMarked
package org.tocsin.house.bad.audit;

import org.jspecify.annotations.NullMarked;
