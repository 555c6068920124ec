package org.tocsin.web;

/**
 * The page behind the link that proves a mailbox for a change of address.
 *
 * @param state asking, other_missing, changed, taken or expired
 * @param action where the button posts
 * @param address the new one, readable; only where it asks
 * @param until for the other proof, as ISO 8601; only where that is missing
 * @param onward where to go on from here, or empty
 */
public record AddressProof(
    String state, String action, String address, String until, String onward) {
  @Override
  public String toString() {
    return "AddressProof[" + state + "]";
  }
}
