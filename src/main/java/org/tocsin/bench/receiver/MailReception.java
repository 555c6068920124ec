package org.tocsin.bench.receiver;

/**
 * Mail, and what it must be like.
 *
 * @param full every line is looked at, not only the header and the end
 * @param least bytes of a mail as it comes over the wire
 * @param most bytes of the same
 */
public record MailReception(boolean full, int least, int most) implements Reception {}
