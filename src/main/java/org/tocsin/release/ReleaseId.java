package org.tocsin.release;

/** A release's number; broadcasts and events name it. */
public record ReleaseId(long value) {}
