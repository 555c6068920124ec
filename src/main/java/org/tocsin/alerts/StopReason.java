package org.tocsin.alerts;

/** Why an alert is stopped. Staff know it; what is sent says the same for all of them. */
public enum StopReason {
  RELEASED,
  FAMILY_OR_LAWYER_ASKED,
  /** Appeals would do harm now. */
  APPEALS_HARMFUL,
  ERROR,
  CONSENT_WITHDRAWN,
  SUPERSEDED,
  DEATH
}
