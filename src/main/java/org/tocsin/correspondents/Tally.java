package org.tocsin.correspondents;

/** How many of a circle are in a state, and how many of those want to be looked at again. */
public record Tally(Circle circle, MemberState state, long members, long due) {}
