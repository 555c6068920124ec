package org.tocsin.filings;

import java.util.Arrays;
import java.util.List;
import org.tocsin.cases.ConsentScope;
import org.tocsin.filings.Limit.From;

/**
 * A body that hears complaints. Names, who may complain and the source are texts: {@code
 * filings.mechanism.WGAD} and so on. Time limits are those of the source; a body without one is
 * still best written to early.
 */
public enum Mechanism {
  /** Methods of work, A/HRC/36/38. */
  WGAD(ConsentScope.WGAD, Family.UN_CHARTER, Privacy.PUBLISHED, after(From.TRANSMITTED, 0, 60)),
  /** Manual of operations; communications are published in reports to the Human Rights Council. */
  SPECIAL_PROCEDURES(
      ConsentScope.SPECIAL_PROCEDURES,
      Family.UN_CHARTER,
      Privacy.PUBLISHED,
      after(From.TRANSMITTED, 0, 60)),
  /** Optional Protocol to the ICCPR, article 4 (2); rules of procedure, rule 99 (c). */
  HUMAN_RIGHTS_COMMITTEE(
      ConsentScope.HUMAN_RIGHTS_COMMITTEE,
      Family.UN_TREATY,
      Privacy.CLOSED_MEETINGS,
      after(From.REMEDIES, 60, 0),
      after(From.OTHER_PROCEDURE, 36, 0),
      after(From.TRANSMITTED, 6, 0)),
  /** Convention against Torture, article 22 (3). */
  CAT(ConsentScope.CAT, Family.UN_TREATY, Privacy.CLOSED_MEETINGS, after(From.TRANSMITTED, 6, 0)),
  /** Optional Protocol, article 6 (2). */
  CEDAW(
      ConsentScope.CEDAW, Family.UN_TREATY, Privacy.CLOSED_MEETINGS, after(From.TRANSMITTED, 6, 0)),
  /** Convention, article 31. */
  CED(ConsentScope.CED, Family.UN_TREATY, Privacy.CLOSED_MEETINGS),
  /** Convention, article 14 (5) and (6) (b). */
  CERD(
      ConsentScope.CERD,
      Family.UN_TREATY,
      Privacy.CLOSED_MEETINGS,
      after(From.REMEDIES, 6, 0),
      after(From.TRANSMITTED, 3, 0)),
  /** Optional Protocol, article 3. */
  CRPD(ConsentScope.CRPD, Family.UN_TREATY, Privacy.CLOSED_MEETINGS, after(From.TRANSMITTED, 6, 0)),
  /** Optional Protocol, articles 3 (2) (a) and 6 (2). */
  CESCR(
      ConsentScope.CESCR,
      Family.UN_TREATY,
      Privacy.CLOSED_MEETINGS,
      after(From.REMEDIES, 12, 0),
      after(From.TRANSMITTED, 6, 0)),
  /** Optional Protocol on a communications procedure, articles 7 (h) and 8 (2). */
  CRC(
      ConsentScope.CRC,
      Family.UN_TREATY,
      Privacy.CLOSED_MEETINGS,
      after(From.REMEDIES, 12, 0),
      after(From.TRANSMITTED, 6, 0)),
  /** 104 EX/Decision 3.3. */
  UNESCO(ConsentScope.UNESCO, Family.UN_AGENCY, Privacy.STRICT),
  /** Rules of procedure, articles 25, 30 (3) and 32. */
  INTER_AMERICAN(
      ConsentScope.INTER_AMERICAN,
      Family.REGIONAL,
      Privacy.PUBLISHED,
      after(From.REMEDIES, 6, 0),
      after(From.TRANSMITTED, 3, 0)),
  /** Convention, article 35 (1) as amended by Protocol 15; Rules of Court, rule 39. */
  EUROPEAN_COURT(
      ConsentScope.EUROPEAN_COURT, Family.REGIONAL, Privacy.PUBLISHED, after(From.REMEDIES, 4, 0)),
  /** Charter, articles 56 (6) and 59. */
  AFRICAN_COMMISSION(ConsentScope.AFRICAN_COMMISSION, Family.REGIONAL, Privacy.CLOSED_MEETINGS);

  /** What kind of body it is. */
  public enum Family {
    UN_CHARTER,
    UN_TREATY,
    UN_AGENCY,
    REGIONAL
  }

  /** How far it keeps things to itself. */
  public enum Privacy {
    /** It publishes, sooner or later: consent must cover that. */
    PUBLISHED,
    /** It examines in closed meetings and publishes what it decides. */
    CLOSED_MEETINGS,
    /** Nobody may tell anything. */
    STRICT
  }

  private final ConsentScope consent;
  private final Family family;
  private final Privacy privacy;

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy of records
  private final List<Limit> limits;

  Mechanism(ConsentScope consent, Family family, Privacy privacy, Limit... limits) {
    this.consent = consent;
    this.family = family;
    this.privacy = privacy;
    this.limits = List.copyOf(Arrays.asList(limits));
  }

  private static Limit after(From from, int months, int days) {
    return new Limit(from, months, days);
  }

  public ConsentScope consent() {
    return consent;
  }

  public Family family() {
    return family;
  }

  public Privacy privacy() {
    return privacy;
  }

  public List<Limit> limits() {
    return limits;
  }

  /** Whether a filing there is confidential and cannot be made otherwise. */
  public boolean strict() {
    return privacy == Privacy.STRICT;
  }
}
