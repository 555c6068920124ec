@NullMarked
package org.tocsin.house.bad.subscribers;

import org.jspecify.annotations.NullMarked;
