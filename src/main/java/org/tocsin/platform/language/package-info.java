/**
 * Every text a person reads comes from a message bundle: {@code messages/{area}_{tag}.properties}
 * in UTF-8, ICU MessageFormat (so plurals are right in every language). A further language is four
 * further files (site, desk, mail, cases) and no code; a right-to-left script is told by its tag.
 */
@NullMarked
package org.tocsin.platform.language;

import org.jspecify.annotations.NullMarked;
