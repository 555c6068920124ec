package org.tocsin.web.portal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.correspondents.Circle;
import org.tocsin.correspondents.Member;
import org.tocsin.correspondents.MemberId;
import org.tocsin.correspondents.MemberState;
import org.tocsin.correspondents.PortalSession;
import org.tocsin.correspondents.Wishes;
import org.tocsin.platform.address.EmailAddress;
import org.tocsin.platform.language.Messages;

/** A member who does not exist, with whose eyes staff see a page before members do. */
final class InventedReader {
  private InventedReader() {}

  static PortalSession of(Circle circle, Instant now, Messages words) {
    Member member =
        new Member(
            new MemberId(0),
            circle,
            MemberState.ACTIVE,
            words.text("alerts.eye.reader"),
            EmailAddress.parse("reader@academy.example").orElseThrow(),
            words.tag(),
            List.of(),
            Optional.empty(),
            now,
            now,
            Optional.empty(),
            new Wishes(Wishes.Frequency.IMMEDIATE, Set.of(), Optional.empty()));
    return new PortalSession(member, "");
  }
}
