package org.tocsin.channels;

/** What all recipients of one language get, made ready for printing: only the holes are open. */
public interface Plate {
  /**
   * The message for one recipient. This is work for a processor, so never for an event loop; what
   * stands in its way is the outcome of sending it.
   */
  Parcel print(Envelope envelope);
}
