package org.tocsin.alerts;

/** Whether members are asked to do something. */
public enum AlertKind {
  ACTION,
  INFORMATION
}
