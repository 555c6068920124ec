package org.tocsin.correspondents;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.tocsin.audit.Audit;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Field;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Messages;

/** What a signed-in member asks for; the audit knows that something changed, not what. */
public final class MemberChoices {
  private static final int MOST_COUNTRIES = 250;

  private final Database hub;
  private final Audit audit;
  private final MemberRepository members;

  public MemberChoices(Database hub, MemberVault vault, Audit audit) {
    this.hub = hub;
    this.audit = audit;
    this.members = new MemberRepository(vault);
  }

  /**
   * What was typed, with all that is wrong at once: the fields are {@code countries} and {@code
   * travel}.
   *
   * @param countries codes apart by commas or blanks
   * @param travel the last day away, or empty
   */
  public static Wishes read(
      boolean daily, String countries, String travel, Instant now, Messages words) {
    List<Field> problems = new ArrayList<>();
    Set<String> refused = new TreeSet<>();
    Arrays.stream(countries.toUpperCase(Locale.ROOT).split("[\\s,;]+"))
        .filter(code -> !code.isEmpty())
        .forEach(refused::add);
    if (refused.size() > MOST_COUNTRIES
        || refused.stream().anyMatch(code -> !code.matches("[A-Z]{2}"))) {
      problems.add(new Field("countries", words.text("members.choices.problem.countries")));
    }
    Optional<Instant> until = Optional.empty();
    if (!travel.isEmpty()) {
      try {
        until =
            Optional.of(
                LocalDate.parse(travel).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      } catch (java.time.format.DateTimeParseException malformed) {
        problems.add(new Field("travel", words.text("members.choices.problem.travel")));
      }
      if (until.filter(end -> !end.isAfter(now)).isPresent()) {
        problems.add(new Field("travel", words.text("members.choices.problem.past")));
      }
    }
    if (!problems.isEmpty()) {
      throw new Invalid(problems);
    }
    return new Wishes(daily ? Wishes.Frequency.DAILY : Wishes.Frequency.IMMEDIATE, refused, until);
  }

  /**
   * @param areas a volunteer's, as {@link Areas} knows them; for anybody else there are none
   */
  public void set(MemberId id, Wishes wishes, String language, List<String> areas) {
    hub.inTransaction(
        tx -> {
          Member member =
              members
                  .lock(tx, id)
                  .filter(one -> one.state() == MemberState.ACTIVE)
                  .orElseThrow(
                      () -> new Conflict("member_moved", "You are not a member any more."));
          members.setWishes(tx, id, wishes, language);
          if (member.circle() == Circle.VOLUNTEER) {
            members.setAreas(tx, id, areas);
          }
          audit.record(tx, "person", "member.choices_changed", id.subject());
        });
  }
}
