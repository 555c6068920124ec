/**
 * The captured mailbox of a demo: an SMTP server on loopback that delivers nothing and keeps what
 * it is given, raw, under {@code data_dir/mailbox}. What is listed is parsed when it is shown.
 */
@NullMarked
package org.tocsin.mailbox;

import org.jspecify.annotations.NullMarked;
