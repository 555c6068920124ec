/**
 * PostgreSQL as the shared truth: three pools for three roles (hub, public site, courier), typed
 * transactions, migrations, and the embedded server of a machine without one.
 *
 * <p>{@link org.tocsin.platform.database.Sql} is what a repository takes: outside a transaction it
 * is a {@link org.tocsin.platform.database.Database}, inside a {@link
 * org.tocsin.platform.database.Tx}. A method that must be part of a transaction takes a {@code Tx},
 * so it cannot be called outside one. Inside a transaction only the {@code Tx} touches the
 * database: asking the pool for a second connection there starves it.
 *
 * <p>Direct style: every call waits on its (virtual) thread. Never call from an event loop.
 */
@NullMarked
package org.tocsin.platform.database;

import org.jspecify.annotations.NullMarked;
