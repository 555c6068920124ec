package org.tocsin.correspondents;

/** How many members an academy lists. */
public record Listing(Academy academy, long entries) {}
