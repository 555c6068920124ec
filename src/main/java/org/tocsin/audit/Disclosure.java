package org.tocsin.audit;

/**
 * That somebody is shown something private.
 *
 * @param actor "staff:7"
 * @param action "read.case"
 * @param subject "case:12", or "cases" for a list
 * @param shown how many, of a list or a search; 0 for one thing
 */
record Disclosure(String actor, String action, String subject, int shown) {}
