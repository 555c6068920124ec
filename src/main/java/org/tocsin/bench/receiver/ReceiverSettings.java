package org.tocsin.bench.receiver;

/**
 * How a receiver begins.
 *
 * @param port 0 takes a free one, as does {@code controlPort}
 * @param remember keeps every recipient and id as text: for up to some hundred thousand
 */
public record ReceiverSettings(
    Reception reception, int port, int controlPort, boolean remember, Faults faults) {}
