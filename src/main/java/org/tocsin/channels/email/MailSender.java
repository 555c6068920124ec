package org.tocsin.channels.email;

import org.tocsin.platform.config.Settings;

/** Who a message is from, and where it comes back to. */
record MailSender(String name, MailAddress from, MailAddress replyTo, String bounceDomain) {
  static MailSender of(Settings settings) {
    return new MailSender(
        settings.organisation().name(),
        address("mail.from", settings.mail().from()),
        address("mail.reply_to", settings.mail().replyTo()),
        address("mail.bounce_domain", "b@" + settings.mail().bounceDomain()).domain());
  }

  private static MailAddress address(String key, String value) {
    return MailAddress.parse(value)
        .orElseThrow(() -> new IllegalArgumentException(key + " cannot be used in mail"));
  }

  /** The envelope's sender of one delivery: a bounce tells which. */
  MailAddress bounce(String delivery) {
    return new MailAddress("b+" + delivery, bounceDomain);
  }
}
