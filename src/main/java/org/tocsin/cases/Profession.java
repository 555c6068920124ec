package org.tocsin.cases;

import static org.tocsin.cases.ProfessionGroup.ENGINEERS;
import static org.tocsin.cases.ProfessionGroup.HEALTH_PROFESSIONALS;
import static org.tocsin.cases.ProfessionGroup.SCIENTISTS;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The professions the committee works for, by their unit group of ISCO-08 (ILO, 2012). */
public enum Profession {
  PHYSICIST("2111", SCIENTISTS),
  CHEMIST("2113", SCIENTISTS),
  GEOLOGIST("2114", SCIENTISTS),
  MATHEMATICIAN("2120", SCIENTISTS),
  BIOLOGIST("2131", SCIENTISTS),
  AGRONOMIST("2132", SCIENTISTS),
  ENVIRONMENTAL_SCIENTIST("2133", SCIENTISTS),
  UNIVERSITY_TEACHER("2310", SCIENTISTS),
  ECONOMIST("2631", SCIENTISTS),
  SOCIAL_SCIENTIST("2632", SCIENTISTS),
  HISTORIAN("2633", SCIENTISTS),
  PSYCHOLOGIST("2634", SCIENTISTS),
  INDUSTRIAL_ENGINEER("2141", ENGINEERS),
  CIVIL_ENGINEER("2142", ENGINEERS),
  ENVIRONMENTAL_ENGINEER("2143", ENGINEERS),
  MECHANICAL_ENGINEER("2144", ENGINEERS),
  CHEMICAL_ENGINEER("2145", ENGINEERS),
  ELECTRICAL_ENGINEER("2151", ENGINEERS),
  TELECOMMUNICATIONS_ENGINEER("2153", ENGINEERS),
  SOFTWARE_ENGINEER("2512", ENGINEERS),
  PHYSICIAN("2211", HEALTH_PROFESSIONALS),
  SPECIALIST_PHYSICIAN("2212", HEALTH_PROFESSIONALS),
  NURSE("2221", HEALTH_PROFESSIONALS),
  MIDWIFE("2222", HEALTH_PROFESSIONALS),
  PARAMEDIC("2240", HEALTH_PROFESSIONALS),
  DENTIST("2261", HEALTH_PROFESSIONALS),
  PHARMACIST("2262", HEALTH_PROFESSIONALS),
  PUBLIC_HEALTH_SPECIALIST("2263", HEALTH_PROFESSIONALS);

  private final String isco;
  private final ProfessionGroup group;

  Profession(String isco, ProfessionGroup group) {
    this.isco = isco;
    this.group = group;
  }

  public String isco() {
    return isco;
  }

  public ProfessionGroup group() {
    return group;
  }

  public static Optional<Profession> ofIsco(String code) {
    return Arrays.stream(values()).filter(one -> one.isco.equals(code)).findFirst();
  }

  public static List<Profession> of(ProfessionGroup group) {
    return Arrays.stream(values()).filter(one -> one.group == group).toList();
  }
}
