package org.tocsin.platform.csv;

/**
 * A row that cannot be used.
 *
 * @param line where it starts in the file
 * @param email what stood in the place of the address
 */
public record RefusedRow(long line, String email, String reason) {}
