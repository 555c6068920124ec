package org.tocsin.access;

/** Where people come in. The order is in cookies that browsers keep for a year: it stays. */
public enum Door {
  STAFF,
  MEMBER,
  SUBSCRIBER
}
