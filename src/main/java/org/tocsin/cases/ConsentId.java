package org.tocsin.cases;

/** A consent's number inside the hub. */
public record ConsentId(long value) {}
