package org.tocsin.broadcasts;

/** A broadcast's number inside the hub. */
public record BroadcastId(long value) {}
