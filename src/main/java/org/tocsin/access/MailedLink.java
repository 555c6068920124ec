package org.tocsin.access;

import java.time.Instant;

/**
 * What a sign-in letter brings.
 *
 * @param code for the browser that asked
 * @param anywhere whether the link opens in any browser
 * @param replacesPassword whether a new password was asked for
 * @param expires the link; the code may end before
 */
public record MailedLink(
    String token, String code, boolean anywhere, boolean replacesPassword, Instant expires) {
  @Override
  public String toString() {
    return "MailedLink[…]";
  }
}
