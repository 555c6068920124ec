/**
 * The directory of officials: whom members and staff write to about a case. It says which countries
 * we look at, so every text of it is sealed and it never leaves but in a letter.
 *
 * <p>An <b>official</b> is an <b>office</b> ("Minister of Justice") of a <b>body</b> (a ministry, a
 * court, an embassy) in a country; the <b>holder</b>'s name is kept only where it is known. A
 * <b>salutation</b> opens a letter: one in the language of correspondence, and one in English.
 *
 * <pre>
 * offered ⇄ retired      kept for good: letters were addressed to them
 * </pre>
 *
 * <p>Addresses age. An official was <b>checked</b> on a day; after {@link
 * org.tocsin.officials.Official#CHECK_HOLDS} that is <b>overdue</b>, which is said wherever the
 * official is shown. The <b>version</b> rises with every change, so that whoever changes or
 * confirms an entry changes the one they read.
 *
 * <p>For those above (alerts, outreach): {@link org.tocsin.officials.Officials#find} and {@link
 * org.tocsin.officials.Officials#list}. Uses {@code cases} for its countries, {@code access},
 * {@code audit} and {@code platform}. Callers check {@code Permission}.
 */
@NullMarked
package org.tocsin.officials;

import org.jspecify.annotations.NullMarked;
