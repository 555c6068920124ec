/**
 * Secrets at rest and secrets that travel. One keyring outside the database holds four keys:
 *
 * <ul>
 *   <li><b>sealing</b> (AES-256-GCM) for addresses, names and endpoint secrets: {@link
 *       org.tocsin.platform.crypto.Sealer};
 *   <li><b>lookup</b> (HMAC-SHA256) to find a sealed address again: {@link
 *       org.tocsin.platform.crypto.LookupHash};
 *   <li><b>tokens</b> (AES-256-SIV) for links that work without a table: {@link
 *       org.tocsin.platform.crypto.Tokens};
 *   <li><b>ids</b> for identifiers that tell nobody how many there are: {@link
 *       org.tocsin.platform.crypto.OpaqueIds}.
 * </ul>
 *
 * <p>The first three rotate: a new key writes, old keys still read. The ids key never changes.
 */
@NullMarked
package org.tocsin.platform.crypto;

import org.jspecify.annotations.NullMarked;
