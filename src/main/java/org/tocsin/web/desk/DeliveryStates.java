package org.tocsin.web.desk;

import java.util.List;

/** What a delivery may be, in the order in which staff look for it. */
final class DeliveryStates {
  static final List<String> ALL =
      List.of(
          "sent",
          "in_doubt",
          "failed",
          "suppressed",
          "withheld",
          "cancelled",
          "retrying",
          "waiting",
          "pending");

  private DeliveryStates() {}
}
