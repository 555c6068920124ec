@NullMarked
package org.tocsin.house.bad.network;

import org.jspecify.annotations.NullMarked;
