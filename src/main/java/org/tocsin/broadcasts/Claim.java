package org.tocsin.broadcasts;

/** A segment held by this node until its lease ends; the epoch is the fence. */
record Claim(long broadcast, int segment, Lane lane, int epoch, int sentHi, int settled) {}
