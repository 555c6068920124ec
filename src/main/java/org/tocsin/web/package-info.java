/**
 * The web's edge: one server, one table of routes ({@link org.tocsin.web.Routes}), one guard, one
 * place where failures become answers. Pages live in {@code web.site} (the public and people's own
 * pages), {@code web.desk} (staff), {@code web.dev} (a demo's mailbox); {@code web.api} serves
 * machines.
 *
 * <p>Handlers run in direct style on virtual threads, after the body was read. No page holds a
 * rule: it parses, calls a feature, and shows or redirects.
 */
@NullMarked
package org.tocsin.web;

import org.jspecify.annotations.NullMarked;
