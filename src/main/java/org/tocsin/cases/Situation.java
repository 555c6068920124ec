package org.tocsin.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.tocsin.access.StaffId;

/**
 * An entry of the situation axis.
 *
 * @param replaces the entry that this one corrects
 * @param replaced whether a later entry corrects this one
 */
public record Situation(
    long id,
    SituationWord word,
    LocalDate since,
    String note,
    OptionalLong replaces,
    boolean replaced,
    StaffId writtenBy,
    Instant at) {}
