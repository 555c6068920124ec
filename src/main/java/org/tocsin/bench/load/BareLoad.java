package org.tocsin.bench.load;

import java.time.Duration;

/**
 * What a bare client is to do: whichever bound comes first ends it.
 *
 * @param port of a receiver on loopback
 * @param first number of the first message; the receiver knows recipients by their number
 * @param most messages
 * @param longest counted from the first message
 */
public record BareLoad(int port, int connections, long first, long most, Duration longest) {}
