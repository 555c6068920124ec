package org.tocsin.correspondents;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** An application whose every field was looked at. */
public record ApplicationForm(String name, EmailAddress address, Academy academy, String language) {
  public static final int MOST_NAME = 120;

  /** All that is wrong at once; the fields are {@code name}, {@code email} and {@code academy}. */
  public static ApplicationForm of(
      String name,
      @Nullable String email,
      String academy,
      String language,
      Languages languages,
      Messages words) {
    List<Field> problems = new ArrayList<>();
    if (name.isBlank()) {
      problems.add(new Field("name", words.text("members.apply.problem.name")));
    }
    Optional<EmailAddress> address = EmailAddress.parse(email);
    if (address.isEmpty()) {
      problems.add(new Field("email", words.text(EmailAddress.problem(email))));
    }
    Optional<Academy> elected = Academy.of(academy);
    if (elected.isEmpty()) {
      problems.add(new Field("academy", words.text("members.apply.problem.academy")));
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new ApplicationForm(
        name.strip(),
        address.orElseThrow(),
        elected.orElseThrow(),
        languages.speaks(language) ? language : Languages.DEFAULT);
  }

  ApplicationForm putRight(String otherName, Optional<Academy> otherAcademy) {
    return new ApplicationForm(
        otherName.isBlank() ? name : otherName.strip(),
        address,
        otherAcademy.orElse(academy),
        language);
  }

  String toText() {
    return new JsonObject()
        .put("name", name)
        .put("address", address.address())
        .put("academy", academy.name())
        .put("language", language)
        .encode();
  }

  static ApplicationForm fromText(String text) {
    JsonObject json = new JsonObject(text);
    return new ApplicationForm(
        json.getString("name"),
        EmailAddress.stored(json.getString("address")),
        Academy.valueOf(json.getString("academy")),
        json.getString("language"));
  }

  @Override
  public String toString() {
    return "ApplicationForm[" + academy + "]";
  }
}
