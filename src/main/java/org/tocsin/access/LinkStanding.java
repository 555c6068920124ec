package org.tocsin.access;

/** How a sign-in link stands with the browser that brings it. */
public enum LinkStanding {
  WORKS,
  /** It works, but not here. */
  OTHER_BROWSER,
  OVER
}
