package org.tocsin.subscribers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** A sign-up whose every field was looked at. */
public record SignUp(EmailAddress address, List<String> topics, String language) {

  /**
   * All that is wrong at once, in the reader's words; the fields are {@code email}, {@code topics}
   * and {@code language}.
   */
  public static SignUp of(
      @Nullable String email,
      List<String> topics,
      String language,
      Topics known,
      Languages languages,
      Messages words) {
    List<Field> problems = new ArrayList<>();
    EmailAddress address = EmailAddress.parse(email).orElse(null);
    if (address == null) {
      problems.add(new Field("email", words.text(EmailAddress.problem(email))));
    }
    Set<String> wanted = new LinkedHashSet<>(topics);
    if (wanted.isEmpty()) {
      problems.add(new Field("topics", words.text("site.error.topics_missing")));
    } else if (!known.ids().containsAll(wanted)) {
      problems.add(new Field("topics", words.text("site.error.topics_unknown")));
    }
    if (!languages.speaks(language)) {
      problems.add(new Field("language", words.text("site.error.language_unknown")));
    }
    if (address == null || !problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new SignUp(address, known.ordered(wanted), language);
  }
}
