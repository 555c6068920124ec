package org.tocsin.mailbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One captured mail, parsed.
 *
 * @param from the envelope's sender
 * @param to the envelope's recipient
 * @param subject decoded
 * @param headers unfolded values by name, in the order in which they stand
 * @param text the text part, empty where there is none
 * @param html the HTML part, empty where there is none
 */
public record CapturedMail(
    String id,
    String from,
    String to,
    String subject,
    Map<String, List<String>> headers,
    String text,
    String html,
    Instant receivedAt) {

  /** Whom the reader takes for the sender: the From header, decoded. */
  public String author() {
    return headers.containsKey("From")
        ? MailParser.decoded(headers.getOrDefault("From", List.of()).getFirst())
        : from;
  }
}
