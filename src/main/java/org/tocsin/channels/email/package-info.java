/**
 * E-mail: letters are pressed once per broadcast and language ({@link
 * org.tocsin.channels.email.LetterPress}), their holes filled per recipient, signed ({@link
 * org.tocsin.channels.email.dkim.DkimSigner}), and each goes to one mailbox over SMTP.
 *
 * <p>A hole is written {@code {{name}}}; it is escaped in the HTML part and filled as it is in the
 * text part and the headers, where line breaks are refused.
 *
 * <p>Letters to single persons go by the mail client, which does not say how far it came with a
 * connection; so the {@link org.tocsin.channels.email.RelayProbe} asks the relay itself, for them
 * as for readiness and {@code doctor}, and all say the same of the same fault.
 */
@NullMarked
package org.tocsin.channels.email;

import org.jspecify.annotations.NullMarked;
