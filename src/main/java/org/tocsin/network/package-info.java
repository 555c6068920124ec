/** stub. */
@org.jspecify.annotations.NullMarked
package org.tocsin.network;
