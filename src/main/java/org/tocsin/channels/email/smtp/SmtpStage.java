package org.tocsin.channels.email.smtp;

/** What a reply answered. */
public enum SmtpStage {
  MAIL,
  RCPT,
  DATA,
  DOT
}
