package org.tocsin.channels.email;

/** This message cannot be made for this recipient. The message names no person. */
final class Unsendable extends RuntimeException {
  Unsendable(String why) {
    super(why);
  }
}
