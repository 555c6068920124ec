package org.tocsin.correspondents;

import java.util.List;
import java.util.Optional;
import org.tocsin.platform.address.EmailAddress;

/**
 * Somebody about to become a member.
 *
 * @param areas a volunteer's, as the deployment names them ({@link Areas})
 */
public record NewMember(
    Circle circle,
    String name,
    EmailAddress address,
    String language,
    List<String> areas,
    Optional<Long> roster) {}
