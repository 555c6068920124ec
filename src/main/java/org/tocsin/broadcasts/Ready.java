package org.tocsin.broadcasts;

import org.tocsin.channels.Parcel;

/** A recipient looked at and made ready: with a message to send, or settled without one. */
sealed interface Ready {
  Pending pending();

  /**
   * @param since {@code System.nanoTime()} of the look at consent and suppression
   */
  record ToSend(Pending pending, Parcel parcel, Group group, long since) implements Ready {}

  record Settled(Pending pending, Settlement settlement) implements Ready {}
}
