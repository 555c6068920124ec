package org.tocsin.house.bad.network;

import org.tocsin.house.bad.subscribers.Person;

/** Looks beside, and closes a circle. */
public record Partner(Person contact) {}
