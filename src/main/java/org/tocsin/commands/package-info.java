/**
 * The command line: one class a command. Exit codes: 0 done, 1 failed (one clear line), 2 wrong
 * usage.
 */
@NullMarked
package org.tocsin.commands;

import org.jspecify.annotations.NullMarked;
