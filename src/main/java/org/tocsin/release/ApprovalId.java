package org.tocsin.release;

/** An approval's number. */
public record ApprovalId(long value) {}
