package org.tocsin.publications;

import java.util.List;

/**
 * What an editor writes.
 *
 * @param month {@code YYYY-MM}, the key
 * @param preheader the line beside the subject in a mail program; may be empty
 */
public record Draft(
    String month, String subject, String preheader, String markdown, List<String> topics) {
  public static final int MAX_SUBJECT = 200;
  public static final int MAX_PREHEADER = 200;
  public static final int MAX_BODY_BYTES = 200_000;
}
