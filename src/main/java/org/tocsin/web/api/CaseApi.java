package org.tocsin.web.api;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tocsin.cases.CaseDetails;
import org.tocsin.cases.CaseFile;
import org.tocsin.cases.CaseId;
import org.tocsin.cases.CaseRecords;
import org.tocsin.cases.Cases;
import org.tocsin.cases.Countries;
import org.tocsin.cases.Profession;
import org.tocsin.cases.SituationWord;
import org.tocsin.platform.crypto.OpaqueIds;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.platform.language.Messages;

/** Cases for machines, as staff may see them: what only a case's team may open is never here. */
public final class CaseApi {
  static final String KIND = "case";

  private final Cases cases;
  private final CaseRecords records;
  private final Languages languages;
  private final Ids ids;

  public CaseApi(Cases cases, CaseRecords records, Languages languages, Ids ids) {
    this.cases = cases;
    this.records = records;
    this.languages = languages;
    this.ids = ids;
  }

  public ApiAnswer create(ApiCall call) {
    JsonObject body = call.body();
    Messages words = languages.in(Languages.DEFAULT);
    Profession profession =
        Profession.ofIsco(body.getString("profession"))
            .orElseThrow(() -> new Invalid("profession", words.text("cases.problem.profession")));
    CaseDetails details =
        new CaseDetails(
            body.getString("name"),
            body.getString("other_names", ""),
            body.getString("country"),
            profession,
            body.getString("summary"));
    CaseFile created = cases.create(details, call.staff().id(), words);
    return ApiAnswer.created(json(created, Optional.empty()));
  }

  public ApiAnswer list(ApiCall call) {
    long before =
        ids.readCursor(KIND, call.query("after")).map(OpaqueIds.Pair::first).orElse(Long.MAX_VALUE);
    List<CaseFile> page = cases.list(call.staff().id(), Optional.empty(), before, call.limit());
    Map<CaseId, SituationWord> situations =
        records.currentSituations(page.stream().map(CaseFile::id).toList());
    Optional<String> next =
        page.size() < call.limit()
            ? Optional.empty()
            : Optional.of(ids.cursor(KIND, page.getLast().id().value()));
    return ApiAnswer.page(
        page.stream()
            .map(file -> json(file, Optional.ofNullable(situations.get(file.id()))))
            .toList(),
        next);
  }

  public ApiAnswer get(ApiCall call) {
    CaseFile file = cases.open(new CaseId(ids.read(KIND, call.path("id"))), call.staff().id());
    return ApiAnswer.ok(
        json(
            file,
            Optional.ofNullable(records.currentSituations(List.of(file.id())).get(file.id()))));
  }

  private JsonObject json(CaseFile file, Optional<SituationWord> situation) {
    CaseDetails details = file.details();
    return new JsonObject()
        .put("id", ids.show(KIND, file.id().value()))
        .put("reference", file.reference().text())
        .put("name", details.name())
        .put("other_names", details.otherNames())
        .put("country", details.country())
        .put("region", word(Countries.committee(details.country())))
        .put("m49", Countries.m49(details.country()))
        .put("profession", details.profession().isco())
        .put("profession_group", word(details.profession().group()))
        .put("summary", details.summary())
        .put("state", word(file.state()))
        .put("situation", situation.map(CaseApi::word).orElse(null))
        .put("version", file.version())
        .put("created_at", file.createdAt().toString())
        .put("state_since", file.stateSince().toString());
  }

  private static String word(Enum<?> one) {
    return one.name().toLowerCase(Locale.ROOT);
  }
}
