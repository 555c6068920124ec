package org.tocsin.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tocsin.access.Role;
import org.tocsin.access.StaffMember;

/** The directory and outreach through their pages: what is done, and who sees what. */
class OfficialDeskTest {
  private static final List<Role> READERS =
      List.of(Role.CASE_OFFICER, Role.APPROVER, Role.RELEASE_OFFICER);

  private final TestDesk desk = new TestDesk();
  private final StaffMember officer =
      desk.staff("officer@tocsin.example", "Ines Castellanos", Role.CASE_OFFICER);
  private TestDesk.Browser writing = desk.signedIn(officer);

  @AfterEach
  void close() {
    desk.close();
  }

  private static String[] fields(String office, String version) {
    return new String[] {
      "office", office,
      "holder", "",
      "body", "Ministry of Justice",
      "country", "XN",
      "postal_address", "3 Independence Square\n10100 Velmora",
      "email", "justice@norvania.example",
      "language", "ru",
      "salutation", "Ваше Превосходительство!",
      "english_salutation", "Your Excellency,",
      "version", version
    };
  }

  private String written(String office) {
    HttpResponse<String> created = writing.post("/desk/officials", fields(office, ""));
    assertThat(created.statusCode()).as(created.body()).isEqualTo(303);
    return created.headers().firstValue("Location").orElseThrow();
  }

  private String version(String path) {
    return writing
        .get(path + "/edit")
        .body()
        .replaceAll("(?s).*name=\"version\" value=\"([0-9]+)\".*", "$1");
  }

  @Test
  void anOfficialIsAddedFoundChangedCheckedAndRetired() {
    String path = written("Minister of <Justice>");
    assertThat(writing.get(path).body())
        .contains("Minister of &lt;Justice&gt;", "10100 Velmora", "Russian", "Your Excellency,");
    assertThat(find("velmora", "XN")).contains("Minister of");
    assertThat(find("velmora", "XQ")).contains("Nobody was found");

    String seen = version(path);
    assertThat(writing.post(path, fields("Minister of Health", seen)).statusCode()).isEqualTo(303);
    HttpResponse<String> late = writing.post(path, fields("Somebody else", seen));
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("Nothing was overwritten", "Somebody else");
    assertThat(writing.post(path + "/retire", "version", seen).statusCode()).isEqualTo(409);

    desk.hub.clock.advance(Duration.ofDays(91));
    writing = desk.signedIn(officer);
    assertThat(writing.get(path).body()).contains("Check overdue");
    assertThat(writing.get("/desk/officials").body()).contains("Check overdue", "not checked");
    assertThat(writing.post(path + "/checked", "version", version(path)).statusCode())
        .isEqualTo(303);
    assertThat(writing.get(path).body()).doesNotContain("Check overdue");

    assertThat(writing.post(path + "/retire", "version", version(path)).statusCode())
        .isEqualTo(303);
    assertThat(writing.get(path).body()).contains("Retired").doesNotContain("Checked today");
    assertThat(writing.post(path + "/back", "version", version(path)).statusCode()).isEqualTo(303);
    assertThat(writing.get(path).body()).contains("Checked today");
  }

  private String find(String words, String country) {
    return writing.post("/desk/officials/find", "sought", words, "country", country).body();
  }

  @Test
  void everyWrongAnswerIsNamedAndKept() {
    HttpResponse<String> wrong =
        writing.post(
            "/desk/officials", "office", "Kept office", "country", "XX", "email", "nobody@");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains(
            "Kept office",
            "nobody@",
            "href=\"#body\"",
            "href=\"#country\"",
            "href=\"#postal_address\"",
            "href=\"#email\"",
            "href=\"#language\"",
            "href=\"#salutation\"")
        .doesNotContain("href=\"#office\"");
    assertThat(writing.get("/desk/officials/nonsense").statusCode()).isEqualTo(404);
  }

  @Test
  void theDirectoryIsForThoseWhoKnowTheCases() {
    String path = written("Minister of Justice");
    for (Role role : Role.values()) {
      TestDesk.Browser other =
          desk.signedIn(desk.staff(role.word() + "2@tocsin.example", role.word(), role));
      boolean reads = READERS.contains(role);
      for (String page : List.of(path, "/desk/officials")) {
        HttpResponse<String> answer = other.get(page);
        assertThat(answer.statusCode()).as(role.word() + page).isEqualTo(reads ? 200 : 403);
        assertThat(answer.body().contains("Minister of Justice")).as(role.word()).isEqualTo(reads);
      }
      assertThat(other.get("/desk").body().contains("href=\"/desk/officials\"")).isEqualTo(reads);
      boolean writes = role == Role.CASE_OFFICER;
      assertThat(other.get(path + "/edit").statusCode()).isEqualTo(writes ? 200 : 403);
      assertThat(other.post(path + "/checked", "version", "1").statusCode())
          .as(role.word())
          .isNotEqualTo(writes ? 403 : 303);
    }
  }

  private String takenIn() {
    return writing
        .post(
            "/desk/cases",
            "name",
            "Ilyas Voren",
            "other_names",
            "",
            "country",
            "XN",
            "profession",
            "PHYSICIAN",
            "summary",
            "Arrested at the hospital")
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  @Test
  void outreachIsToldToAllWhoReadTheCaseAndAReplyToItsTeam() {
    written("Minister of Justice");
    String path = takenIn();
    String form = writing.get(path + "/outreach").body();
    assertThat(form).contains("Norvania: Minister of Justice, Ministry of Justice");
    String official = form.replaceAll("(?s).*<option value=\"([0-9]+)\".*", "$1");
    HttpResponse<String> wrong =
        writing.post(path + "/outreach", "official", "", "way", "PIGEON", "made_on", "soon");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("href=\"#official\"", "href=\"#way\"", "href=\"#made_on\"", "href=\"#text\"");
    HttpResponse<String> added =
        writing.post(
            path + "/outreach",
            "official",
            official,
            "way",
            "CALL",
            "made_on",
            "2026-06-10",
            "text",
            "ASKED-FOR-A-VISIT");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
    String contact = writing.get(path).body().replaceAll("(?s).*contact=([0-9]+).*", "$1");
    HttpResponse<String> reply =
        writing.post(
            path + "/reply",
            "contact",
            contact,
            "received_on",
            "2026-06-14",
            "text",
            "THEY-REFUSED-IT");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(303);
    assertThat(writing.get(path).body()).contains("ASKED-FOR-A-VISIT", "THEY-REFUSED-IT", "Call");

    for (Role role : READERS) {
      TestDesk.Browser other =
          desk.signedIn(desk.staff(role.word() + "3@tocsin.example", role.word(), role));
      assertThat(other.get(path).body())
          .as(role.word())
          .contains("ASKED-FOR-A-VISIT")
          .doesNotContain("THEY-REFUSED-IT");
      assertThat(other.get(path + "/reply?contact=" + contact).statusCode()).isEqualTo(403);
    }
  }
}
