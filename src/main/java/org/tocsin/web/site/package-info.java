/** The public pages and the pages of one person (confirm, preferences, unsubscribe). */
@NullMarked
package org.tocsin.web.site;

import org.jspecify.annotations.NullMarked;
