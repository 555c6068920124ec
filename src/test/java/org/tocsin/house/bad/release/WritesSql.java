package org.tocsin.house.bad.release;

import io.vertx.sqlclient.Row;

/** Reads rows outside a repository. */
public record WritesSql(Row row) {}
