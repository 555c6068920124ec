package org.tocsin.alerts;

/**
 * What members may write, in one language; its holes are those of {@link AlertRules#HOLES}.
 *
 * @param language BCP 47
 */
public record ModelLetter(String language, String subject, String body) {}
