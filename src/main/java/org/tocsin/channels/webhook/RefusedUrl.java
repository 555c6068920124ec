package org.tocsin.channels.webhook;

/** Ends the reading of a URL that may not be called. */
final class RefusedUrl extends Exception {
  private final Refusal refusal;

  RefusedUrl(Refusal refusal) {
    super(refusal.text(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
