package org.tocsin.publications;

/**
 * Whoever knows whom nobody may name in public. Publications know no such person: they hand a text
 * over and hear in how many places somebody must look before it is published.
 */
@FunctionalInterface
public interface LeakCheck {
  int found(String text);
}
