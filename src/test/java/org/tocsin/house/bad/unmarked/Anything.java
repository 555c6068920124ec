package org.tocsin.house.bad.unmarked;

/** Lives in a package without package-info, in no layer. */
public record Anything() {}
