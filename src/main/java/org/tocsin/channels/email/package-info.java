/**
 * E-mail: letters are pressed once per broadcast and language ({@link
 * org.tocsin.channels.email.LetterPress}), their holes filled per recipient, signed ({@link
 * org.tocsin.channels.email.dkim.DkimSigner}), and each goes to one mailbox over SMTP.
 *
 * <p>A <b>hole</b> is what differs from reader to reader. It is a type ({@link
 * org.tocsin.channels.email.Template}), made where the hub's own words have one and never looked
 * for in anybody else's ({@link org.tocsin.channels.email.Words}): braces, escapes and entities of
 * an author are words. A value is escaped in the HTML part and filled as it is in the text part and
 * the headers, where line breaks are refused. Whatever is pressed was checked ({@link
 * org.tocsin.channels.email.MailLint}) and printed once for a reader who is made up.
 *
 * <p>Letters to single persons go by the mail client, which does not say how far it came with a
 * connection; so the {@link org.tocsin.channels.email.RelayProbe} asks the relay itself, for them
 * as for readiness and {@code doctor}, and all say the same of the same fault.
 */
@NullMarked
package org.tocsin.channels.email;

import org.jspecify.annotations.NullMarked;
