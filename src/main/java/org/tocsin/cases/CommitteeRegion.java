package org.tocsin.cases;

/** The committee's own five regions. */
public enum CommitteeRegion {
  AMERICAS,
  ASIA_PACIFIC,
  EUROPE_EURASIA,
  MIDDLE_EAST_NORTH_AFRICA,
  SUB_SAHARAN_AFRICA
}
