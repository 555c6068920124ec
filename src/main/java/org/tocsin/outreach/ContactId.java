package org.tocsin.outreach;

/** A contact's number inside the hub. */
public record ContactId(long value) {}
