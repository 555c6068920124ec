package org.tocsin.house.bad.network;

/** Has a name that says nothing. */
public record AbstractThing() {}
