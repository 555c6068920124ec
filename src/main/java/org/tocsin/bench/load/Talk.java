package org.tocsin.bench.load;

import java.nio.ByteBuffer;

/** A client's side of one connection, without the connection. */
interface Talk {
  /**
   * Whether all that is awaited has come.
   *
   * @throws IllegalStateException where the answer is a bad one
   */
  boolean answered(ByteBuffer bytes);

  /** What is to be written then; nothing when all is said. */
  ByteBuffer next();
}
