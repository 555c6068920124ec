/**
 * Casework: people in detention or in danger, what is known of them, and what may be told to whom.
 * A leak here harms people, so every text is sealed, lives in a schema that only the hub's own role
 * may use, and leaves this package by name or not at all.
 *
 * <p>A <b>case</b> has a random public <b>reference</b> (K7Q2-M9XD, never a serial) and two axes:
 *
 * <pre>
 * work:       INTAKE → UNDER_REVIEW → ACTIVE ⇄ MONITORING → RESOLVED → (reopened) ACTIVE
 *                |____________|___ DECLINED(reason)  |____________|
 *                             |______ CLOSED_OTHER(reason) __|          RESOLVED, DECLINED, CLOSED_OTHER → SEALED
 * situation:  what became of the person: a dated list, corrected by a further entry, never overwritten
 * </pre>
 *
 * <p>A sudden release makes RESOLVED out of ACTIVE too. Every way into ACTIVE passes the same
 * <b>gate</b>: four eligibility <b>checks</b> met, two independent <b>sources</b>, a <b>consent</b>
 * that holds (or, where nobody can be asked, a documented decision in the person's best interest),
 * a <b>risk note</b>, and somebody of the case's <b>team</b> who wrote none of it. The gate is a
 * rule of the database ({@code V009__casework.sql}); {@link org.tocsin.cases.Gap} tells in words
 * what it still lacks.
 *
 * <p>Two levels. <b>STAFF</b> (whoever has {@code READ_CASES}): {@link org.tocsin.cases.CaseFile},
 * states, situations, which consents hold, open notes. <b>CASE_TEAM</b> (the case's own team and
 * nobody else, whatever their roles): {@link org.tocsin.cases.TeamFile} – sources, contacts,
 * medical facts, consent evidence, risk note. Only the team writes. A SEALED case is closed to
 * writing and is shown to nobody but its team; a consent can be revoked whatever the state.
 *
 * <p>Whoever opens a case or its team's part, lists cases or searches them is written down in the
 * audit before they have it: {@code open}, {@code list} and {@code find} do so themselves, and what
 * does not is for features alone.
 *
 * <p>The <b>version</b> rises with every change but notes and the team, so that whoever confirms a
 * case confirms what they read.
 *
 * <p>{@link org.tocsin.cases.LeakLint} finds names, references and countries of cases in texts that
 * are to leave below that level. What it finds, and that it found anything, is for those who may
 * read cases; nobody else is to notice.
 *
 * <p>For those above (alerts, filings): {@link org.tocsin.cases.Cases#find}, {@link
 * org.tocsin.cases.Cases#obstacles} inside the caller's transaction, and {@link
 * org.tocsin.cases.ConsentWatch}, told in the transaction that ends a consent. Uses {@code access},
 * {@code audit} and {@code platform}. Callers check {@code Permission}; the team is asked for here.
 */
@NullMarked
package org.tocsin.cases;

import org.jspecify.annotations.NullMarked;
