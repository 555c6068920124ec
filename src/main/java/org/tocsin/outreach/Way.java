package org.tocsin.outreach;

/** How somebody turned to an official. */
public enum Way {
  LETTER,
  EMAIL,
  CALL,
  MEETING,
  OTHER
}
