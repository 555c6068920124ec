package org.tocsin.release;

import java.time.Instant;
import java.util.List;
import org.tocsin.access.StaffId;

/**
 * One person's yes to one form of a text.
 *
 * @param editors all who had written at it by then, as the database saw them
 */
public record Approval(
    ApprovalId id, ContentHash hash, List<StaffId> editors, StaffId approvedBy, Instant at) {}
