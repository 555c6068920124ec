package org.tocsin.web.desk;

import io.vertx.core.http.HttpServerResponse;
import java.io.Writer;

/** Writes a long answer piece by piece, no faster than the reader takes it. */
final class ResponseWriter extends Writer {
  private static final int PIECE = 32 * 1024;

  private final HttpServerResponse response;
  private final StringBuilder piece = new StringBuilder(PIECE);

  ResponseWriter(HttpServerResponse response) {
    this.response = response;
  }

  @Override
  public void write(char[] text, int from, int length) {
    piece.append(text, from, length);
    if (piece.length() >= PIECE) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (!piece.isEmpty()) {
      response.write(piece.toString()).await();
      piece.setLength(0);
    }
  }

  @Override
  public void close() {
    flush();
    response.end().await();
  }
}
