package org.tocsin.web.desk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tocsin.access.StaffId;
import org.tocsin.cases.CaseId;
import org.tocsin.officials.Official;
import org.tocsin.officials.OfficialId;
import org.tocsin.officials.Officials;
import org.tocsin.outreach.Contact;
import org.tocsin.outreach.ContactId;
import org.tocsin.outreach.Outreach;
import org.tocsin.outreach.Reply;
import org.tocsin.platform.crypto.OpaqueIds;

/** The part of a case's page that tells what was said to officials. */
public final class CaseOutreach {
  private final Outreach outreach;
  private final Officials officials;
  private final OfficialIds ids;

  public CaseOutreach(Outreach outreach, Officials officials, OpaqueIds ids) {
    this.outreach = outreach;
    this.officials = officials;
    this.ids = new OfficialIds(ids);
  }

  /**
   * A contact with all that is shown of it.
   *
   * @param path of the official's page
   * @param replies empty for whoever is not of the team
   */
  public record Line(
      Contact contact, Official official, String path, boolean overdue, List<Reply> replies) {}

  /**
   * @param team whether the replies were looked up
   */
  public record Section(List<Line> lines, boolean team) {}

  Section section(CaseId id, StaffId viewer) {
    Optional<List<Reply>> replies = outreach.openReplies(id, viewer);
    Map<ContactId, List<Reply>> byContact =
        replies.orElse(List.of()).stream().collect(Collectors.groupingBy(Reply::contact));
    List<Contact> contacts = outreach.contacts(id);
    Map<OfficialId, Official> known =
        contacts.stream()
            .map(Contact::official)
            .distinct()
            .collect(Collectors.toMap(Function.identity(), officials::get));
    return new Section(
        contacts.stream().map(contact -> line(contact, known, byContact)).toList(),
        replies.isPresent());
  }

  private Line line(
      Contact contact, Map<OfficialId, Official> known, Map<ContactId, List<Reply>> replies) {
    Official official = java.util.Objects.requireNonNull(known.get(contact.official()));
    return new Line(
        contact,
        official,
        ids.path(official.id()),
        !official.retired() && official.overdue(officials.today()),
        replies.getOrDefault(contact.id(), List.of()));
  }
}
