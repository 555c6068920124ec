/**
 * Several nodes over one database that tell one another news: Vert.x, clustered with Hazelcast.
 *
 * <p>A <b>node</b> is one hub process. Work is shared by rows alone, so a cluster makes nothing
 * safe, only quick: without it, dead or split, each node hears at its next look what it would have
 * heard at once. Nothing waits for a cluster but the start, for some seconds; a node that finds no
 * other is a cluster of one, and those that find one another later become one.
 *
 * <p>What crosses the wire: which topic rang and at most a broadcast's number, in plain text.
 * Hazelcast keeps where each node listens, and no more. There is no password (its encryption is not
 * free software), and <b>whoever reaches the two ports can join</b>, ring doorbells, and talk to a
 * library that reads objects. So a node binds to one address that must be private, takes no clients
 * and no REST, reads no foreign classes, looks for nobody by multicast and tells its makers
 * nothing. {@code cluster.name} keeps two hubs apart; it is no secret.
 */
@NullMarked
package org.tocsin.platform.cluster;

import org.jspecify.annotations.NullMarked;
