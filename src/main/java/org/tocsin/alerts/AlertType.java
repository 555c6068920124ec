package org.tocsin.alerts;

/** What a message of a chain is (CAP's msgType). */
public enum AlertType {
  ALERT,
  UPDATE,
  STOP
}
