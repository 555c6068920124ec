/**
 * The members' pages: through the door and behind it. Every page behind it passes {@link
 * org.tocsin.web.portal.PortalGuard}, is never cached and never linked from outside.
 *
 * <p>The front page is a seam: {@link org.tocsin.web.portal.Notices} says what a member should look
 * at now, and whoever has something to show there implements it where all is wired.
 */
@NullMarked
package org.tocsin.web.portal;

import org.jspecify.annotations.NullMarked;
