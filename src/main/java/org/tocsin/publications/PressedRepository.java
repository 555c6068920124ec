package org.tocsin.publications;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tocsin.channels.email.MailContent;
import org.tocsin.platform.database.Sql;
import org.tocsin.platform.database.Tx;
import org.tocsin.publications.NewsletterVault.Purpose;

/** Owns {@code publications.pressed_newsletter}: what is sent, as it was submitted. */
final class PressedRepository {
  private static final String PAGE = "page";
  private static final String LETTER = "letter.";
  private static final String DELETE =
      "DELETE FROM publications.pressed_newsletter WHERE newsletter = $1";
  private static final String INSERT =
      "INSERT INTO publications.pressed_newsletter (newsletter, form, content_sealed) VALUES ($1,"
          + " $2, $3)";
  private static final String OF =
      "SELECT form, content_sealed FROM publications.pressed_newsletter WHERE newsletter = $1";

  private final NewsletterVault vault;

  PressedRepository(NewsletterVault vault) {
    this.vault = vault;
  }

  void replace(Tx tx, NewsletterId id, Pressed pressed) {
    tx.run(DELETE, id.value());
    tx.run(
        INSERT,
        id.value(),
        PAGE,
        vault.seal(
            Purpose.PRESSED,
            new JsonObject()
                .put("html", pressed.page().html())
                .put("text", pressed.page().text())));
    pressed
        .letters()
        .forEach(
            (tag, letter) ->
                tx.run(
                    INSERT,
                    id.value(),
                    LETTER + tag,
                    vault.seal(Purpose.PRESSED, letter.toJson())));
  }

  /** What was kept at the last submission; nothing for what was never submitted. */
  Pressed of(Sql sql, NewsletterId id) {
    Map<String, JsonObject> forms =
        sql
            .list(
                OF,
                row ->
                    Map.entry(
                        row.getString("form"),
                        vault.open(Purpose.PRESSED, row.getBuffer("content_sealed"))),
                id.value())
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    JsonObject page = forms.get(PAGE);
    if (page == null) {
      return Pressed.NOTHING;
    }
    SortedMap<String, MailContent> letters = new TreeMap<>();
    forms.forEach(
        (form, content) -> {
          if (form.startsWith(LETTER)) {
            letters.put(form.substring(LETTER.length()), MailContent.fromJson(content));
          }
        });
    return new Pressed(new Pressed.Page(page.getString("html"), page.getString("text")), letters);
  }
}
