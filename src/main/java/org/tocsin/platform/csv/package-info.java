/**
 * CSV files as people bring them and take them: read as they stand, refused row by row, safe to
 * open.
 */
@NullMarked
package org.tocsin.platform.csv;

import org.jspecify.annotations.NullMarked;
