package org.tocsin.web.api;

import java.util.Optional;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.errors.HubException.NotFound;

/** Rows' numbers as the API shows them, and back. Cursors are ids of another kind. */
public record Ids(OpaqueIds opaque) {
  public String show(String kind, long number) {
    return opaque.encode(kind, number);
  }

  public long read(String kind, String id) {
    return opaque.decode(kind, id).orElseThrow(() -> new NotFound(kind));
  }

  public String cursor(String kind, long number) {
    return opaque.encode(kind + " cursor", number);
  }

  public String cursor(String kind, long number, int second) {
    return opaque.encode(kind + " cursor", number, second);
  }

  public Optional<OpaqueIds.Pair> readCursor(String kind, Optional<String> cursor) {
    return cursor.map(
        given ->
            opaque
                .decodePair(kind + " cursor", given)
                .orElseThrow(() -> new Invalid("after", "This is not a cursor of this list")));
  }
}
