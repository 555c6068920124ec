package org.tocsin.bench.receiver;

/**
 * How a receiver begins.
 *
 * @param port 0 takes a free one, as does {@code controlPort}
 * @param addresses of loopback that it listens on, from 127.0.0.1 on, all at the same port
 * @param remember keeps every recipient and id as text: for up to some hundred thousand
 */
public record ReceiverSettings(
    Reception reception,
    int port,
    int controlPort,
    int addresses,
    boolean remember,
    Faults faults) {}
