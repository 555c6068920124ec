/**
 * Signatures under mail (DKIM: RFC 6376, 8301 and 8463), so that receivers know whose it is and
 * that nobody changed it on its way.
 *
 * <p>A <em>key</em> is RSA or Ed25519; its public half is <em>published</em> in the DNS under a
 * <em>selector</em> of the <em>domain</em> that signs. A message gets a <em>signature field</em> of
 * each key, over its body and the same header fields, in their <em>relaxed</em> form; none covers
 * another. {@link org.tocsin.channels.email.dkim.DkimSigner} signs, {@link
 * org.tocsin.channels.email.dkim.NewDkimKeys} makes keys, {@link
 * org.tocsin.channels.email.dkim.DkimExamination} compares them with what is published.
 *
 * <p>Keys change by their selectors: new ones are published beside the old ones, then named in the
 * settings; the old records stay until the last mail signed with them has arrived.
 */
@NullMarked
package org.tocsin.channels.email.dkim;

import org.jspecify.annotations.NullMarked;
