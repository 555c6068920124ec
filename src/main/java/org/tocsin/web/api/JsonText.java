package org.tocsin.web.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A body must be one JSON value in valid UTF-8 without a field said twice: what is unclear is
 * refused.
 */
final class JsonText {
  private static final JsonFactory STRICT =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {}

  static HttpException malformed() {
    return new HttpException(400, "The body is not JSON in UTF-8 with each field given once");
  }

  static void check(Buffer body) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body.getBytes()));
      try (JsonParser parser = STRICT.createParser(body.getBytes())) {
        parser.nextToken();
        parser.skipChildren();
        if (parser.nextToken() != null) {
          throw malformed();
        }
      }
    } catch (CharacterCodingException notUtf8) {
      throw malformed();
    } catch (IOException notJson) {
      throw malformed();
    }
  }
}
