package org.tocsin.broadcasts;

import java.time.Instant;
import java.util.Map;
import org.tocsin.channels.email.MailContent;

/**
 * A letter to one person that somebody waits for (lane 1).
 *
 * @param kind one word: "confirmation", "sign_in"
 * @param content the letter with its holes open; it must not hold anything of the person
 * @param address where to; sealed with the holes
 * @param holes what only this letter has, e.g. its link; sealed at rest
 * @param expiresAt no later try
 */
public record DirectMessage(
    String kind,
    String language,
    MailContent content,
    String address,
    Map<String, String> holes,
    Instant expiresAt) {}
