package org.tocsin.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** A posted form: every field bounded, in real UTF-8, and named when it is wrong. */
public final class Form {
  private static final int MAX_CHOICES = 100;
  private static final int LONGEST_TIME = 40;

  private final MultiMap fields;
  private final Messages words;
  private final List<Field> problems = new ArrayList<>();

  private Form(MultiMap fields, Messages words) {
    this.fields = fields;
    this.words = words;
  }

  public static Form of(RoutingContext ctx) {
    String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String media = type == null ? "" : type.toLowerCase(Locale.ROOT);
    if (!media.startsWith("application/x-www-form-urlencoded")
        && !media.startsWith("multipart/form-data")) {
      throw new UnsupportedMediaType("application/x-www-form-urlencoded or multipart/form-data");
    }
    return new Form(ctx.request().formAttributes(), Pages.words(ctx));
  }

  /** One line. Missing is empty. */
  public String line(String name, int most) {
    String value = text(name, most);
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      problem(name, words.text("site.form.one_line"));
      return "";
    }
    return value.strip();
  }

  /** Any number of lines, with the line ends of Unix. */
  public String text(String name, int most) {
    List<String> values = fields.getAll(name);
    if (values.size() > 1) {
      problem(name, words.text("site.form.once"));
      return "";
    }
    String value = values.isEmpty() ? "" : values.getFirst().replace("\r\n", "\n");
    if (value.length() > most) {
      problem(name, words.text("site.form.at_most", most));
      return "";
    }
    if (value.indexOf('\uFFFD') >= 0 || value.indexOf('\0') >= 0) {
      problem(name, words.text("site.form.unreadable"));
      return "";
    }
    return value;
  }

  /** As a browser's field has a time, and said to be UTC beside that field. */
  public Instant utc(String name) {
    try {
      return LocalDateTime.parse(line(name, LONGEST_TIME)).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException malformed) {
      throw new Invalid(name, "");
    }
  }

  public boolean checked(String name) {
    return fields.contains(name);
  }

  /** Check boxes of one name, each once. */
  public List<String> choices(String name) {
    List<String> values = fields.getAll(name);
    if (values.size() > MAX_CHOICES || values.stream().anyMatch(value -> value.length() > 100)) {
      problem(name, words.text("site.form.choose"));
      return List.of();
    }
    return List.copyOf(new LinkedHashSet<>(values));
  }

  public void problem(String name, String message) {
    problems.add(new Field(name, message));
  }

  public List<Field> problems() {
    return List.copyOf(problems);
  }

  /** Throws all problems at once. */
  public void check() {
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
  }
}
