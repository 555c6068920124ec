package org.tocsin.alerts;

import org.tocsin.cases.Reference;
import org.tocsin.release.ReleaseOrder.Mode;

/**
 * All that may be said of a message where its readers are not signed in: that there is one, and by
 * which random reference to ask for it.
 */
record Thin(Reference reference, AlertType type, int no, Mode mode) {
  /** As events name it; those of a chain are told apart by their numbers. */
  String id() {
    return id(no);
  }

  String id(int other) {
    return reference.text() + "-" + other;
  }

  String portalPath() {
    return "/portal/alerts/" + reference.text();
  }
}
