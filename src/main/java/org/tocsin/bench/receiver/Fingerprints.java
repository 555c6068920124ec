package org.tocsin.bench.receiver;

/** A set of fingerprints in one open-addressing array: 16 to 32 bytes each, no objects. */
final class Fingerprints {
  private static final int FIRST = 1 << 12;

  private long[] places = new long[FIRST];
  private int size;
  private boolean holdsZero;

  int size() {
    return size;
  }

  long bytes() {
    return places.length * (long) Long.BYTES;
  }

  /** Whether it is new. */
  boolean add(long fingerprint) {
    boolean isNew = fingerprint == 0 ? !holdsZero : put(places, fingerprint);
    holdsZero |= fingerprint == 0;
    if (isNew && ++size * 2L > places.length) {
      grow();
    }
    return isNew;
  }

  private void grow() {
    long[] more = new long[places.length * 2];
    for (long fingerprint : places) {
      if (fingerprint != 0) {
        put(more, fingerprint);
      }
    }
    places = more;
  }

  /** Zero marks a free place. */
  private static boolean put(long[] places, long fingerprint) {
    int mask = places.length - 1;
    int place = (int) fingerprint & mask;
    while (places[place] != 0) {
      if (places[place] == fingerprint) {
        return false;
      }
      place = (place + 1) & mask;
    }
    places[place] = fingerprint;
    return true;
  }
}
