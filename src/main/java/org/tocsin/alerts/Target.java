package org.tocsin.alerts;

/**
 * An official whom members write to, as the message was approved.
 *
 * @param address lines of the postal address; may be empty
 * @param email may be empty
 * @param language of what is written to them, BCP 47
 */
public record Target(
    String office, String body, String address, String email, String salutation, String language) {}
