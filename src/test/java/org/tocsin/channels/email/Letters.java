package org.tocsin.channels.email;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tocsin.platform.config.Settings;
import org.tocsin.platform.config.SettingsLoader;

/** Letters as the hub writes them, for tests; people and places are invented. */
final class Letters {
  static final Settings DEMO = settings(Map.of("TOCSIN_DEMO", "true"));

  static final Map<String, String> READER =
      Map.of(
          "name",
          "Amina Okonjo",
          "list_id",
          "newsletter",
          "list_name",
          "Monthly newsletter",
          "preferences_url",
          "https://hub.example/preferences/" + "p".repeat(60),
          "unsubscribe_url",
          "https://hub.example/u/" + "u".repeat(60),
          "unsubscribe_token",
          "u".repeat(60));

  private static final String NEWSLETTER =
      """
      Dear {{name}},

      this month two colleagues came home, and one case begins. Thank you to the 214 of you who wrote.

      ## Released: Dr Ilesh Varga, Norvania

      After **412 days** in Halvik prison the epidemiologist *Ilesh Varga* was released on 3 June. He had
      reported a cholera outbreak that the ministry denied. [Read how it happened](https://hub.example/developments/varga).

      > “I was told that letters came every week. That is how I knew what day it was.”

      ## A new case: five surgeons in Qasmar

      Five surgeons were arrested at the Sefra district hospital on 28 May after they treated injured
      protesters. You can

      1. write to the Minister of Justice until 30 June,
      2. tell your own academy,
      3. or [see all recommended actions](https://hub.example/campaigns/sefra).

      ## Cases by region

      | Region | Current | Resolved |
      |--------|--------:|---------:|
      | Americas | 12 | 61 |
      | Asia-Pacific | 31 | 118 |
      | Middle East-North Africa | 44 | 97 |

      ---

      The next webinar is on 18 June at 15:00 UTC. Questions go to office@tocsin.example.
      """;

  private Letters() {}

  static Settings settings(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("TOCSIN_SMTP_HOST", "relay.example");
    all.putIfAbsent("TOCSIN_SMTP_TLS", "disabled");
    return SettingsLoader.defaults(all);
  }

  static Letter newsletter() {
    return newsletter("Monthly newsletter, June 2026");
  }

  static Letter newsletter(String subject) {
    return new Letter(
        Words.theirs(subject),
        Words.theirs("Two colleagues came home, and five surgeons need your letter"),
        Words.ours(NEWSLETTER),
        Optional.empty(),
        Optional.of(
            new Letter.MailingList(
                "newsletter", "Monthly newsletter", Optional.of("/newsletters/2026-06"))));
  }

  static Letter confirmation() {
    return Letter.ours(
        "Confirm your subscription",
        "One click and you are on the list",
        """
        Somebody, probably you, asked us to send you the **monthly newsletter** and **event notifications**.

        Please confirm within 7 days. If it was not you, do nothing: nobody will write to you again.
        """,
        new Letter.Action("Confirm my subscription", "confirm_url"));
  }
}
