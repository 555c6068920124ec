package org.tocsin.bench.receiver;

/** Where in a conversation a receiver can misbehave; after {@code DOT} a mail is there whole. */
enum Stage {
  CONNECT,
  MAIL,
  RCPT,
  DATA,
  DOT,
  REQUEST
}
