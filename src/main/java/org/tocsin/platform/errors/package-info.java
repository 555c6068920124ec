/**
 * Misuse, as a small family of unchecked exceptions with a stable code and never an HTTP status;
 * one mapper at the web's edge turns them into problem+json or a page.
 */
@NullMarked
package org.tocsin.platform.errors;

import org.jspecify.annotations.NullMarked;
