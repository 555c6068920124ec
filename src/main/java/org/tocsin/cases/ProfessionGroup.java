package org.tocsin.cases;

/** ISCO-08 rolled up as the committee counts. */
public enum ProfessionGroup {
  SCIENTISTS,
  ENGINEERS,
  HEALTH_PROFESSIONALS
}
