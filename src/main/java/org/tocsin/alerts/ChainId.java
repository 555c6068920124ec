package org.tocsin.alerts;

/** A chain's number inside the hub. */
public record ChainId(long value) {}
