package org.tocsin.platform.crypto;

/** The keys are missing, damaged or not ours; without them nothing sealed can be read. */
public final class UnusableKeyring extends RuntimeException {
  public UnusableKeyring(String message) {
    super(message);
  }
}
