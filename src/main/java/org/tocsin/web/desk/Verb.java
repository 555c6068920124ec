package org.tocsin.web.desk;

import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Forbidden;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.release.ContentHash;

/** What the button of a page does; where it cannot, the page is shown again and says why. */
final class Verb {
  /** Shows the page again, with the code of what could not be done. */
  interface Again {
    void show(int status, String problem);
  }

  private Verb() {}

  static void attempt(Runnable verb, Again again) {
    try {
      verb.run();
    } catch (Conflict refused) {
      again.show(409, refused.code());
    } catch (Forbidden refused) {
      again.show(403, refused.code());
    } catch (Invalid invalid) {
      String field = "field." + invalid.fields().getFirst().name();
      again.show(422, invalid.code().equals("invalid") ? field : invalid.code());
    }
  }

  /** What the page showed, by its hash. */
  static ContentHash seen(String hash) {
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new Conflict("content_changed", "The form does not say what was read");
    }
    return new ContentHash(hash);
  }
}
