package org.tocsin.house.bad.audit;

import org.tocsin.house.bad.subscribers.Person;

/** Looks up: the audit is below people. */
public record KnowsPeople(Person person) {}
