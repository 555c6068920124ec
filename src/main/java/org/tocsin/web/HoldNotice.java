package org.tocsin.web;

import java.time.Instant;
import java.util.Optional;
import org.tocsin.access.StaffId;

/**
 * Everything is on hold, as every page of the desk says.
 *
 * @param by their name
 * @param asked who wants it to end
 * @param askedName their name
 */
public record HoldNotice(
    String by, Instant since, Optional<StaffId> asked, Optional<String> askedName) {}
