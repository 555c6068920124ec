package org.tocsin.house.bad.release;

/** Lets others at the tables of its feature. */
public final class OpenRepository {}
