package org.tocsin.bench.receiver;

/** What is wrong with a mail; it is received all the same, and counted. */
enum Flaw {
  /** One of From, To, Date, Message-ID and Subject is missing or there twice. */
  HEADERS,
  /** To names somebody else than the envelope. */
  RECIPIENT,
  /** The last part has no end, or there are no parts. */
  UNFINISHED,
  /** Shorter or longer than it can be. */
  LENGTH,
  /** A line longer than 998 bytes, or not ended by CRLF. */
  LINES,
  /** A hole that was not filled. */
  HOLE
}
