/**
 * The members' pages: through the door and behind it. Every page behind it passes {@link
 * org.tocsin.web.portal.PortalGuard}, is never cached and never linked from outside.
 *
 * <p>The front page is a seam: {@link org.tocsin.web.portal.Notices} says what a member should look
 * at now, and whoever has something to show there implements it where all is wired; today {@link
 * org.tocsin.web.portal.AlertNotices} and {@link org.tocsin.web.portal.CallNotices} do.
 *
 * <p>An alert is read on one page, which is made to be printed. What was stopped or is held shows a
 * fixed text and no word of the alert; a letter is made only while the alert is open, at the moment
 * it is asked for. Whoever comes by a link and must sign in first is led back to it, by a cookie.
 */
@NullMarked
package org.tocsin.web.portal;

import org.jspecify.annotations.NullMarked;
