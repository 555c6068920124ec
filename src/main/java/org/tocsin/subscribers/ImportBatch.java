package org.tocsin.subscribers;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tocsin.platform.database.Tx;
import org.tocsin.subscribers.ImportCounts.Outcome;
import org.tocsin.subscribers.ImportRepository.Known;
import org.tocsin.subscribers.ImportRow.Read;
import org.tocsin.subscribers.ImportRow.Status;

/**
 * Decides and writes what becomes of some rows, each of another address, inside one transaction.
 *
 * <pre>
 *                 enabled                         disabled, blocked                   unconfirmed
 * unknown         new, active                     new, unsubscribed: a "no" to keep   nothing
 * pending         active                          unsubscribed if blocked             nothing
 * active, paused  more topics, none of the left   unsubscribed if blocked or imported nothing
 * left, bounced   nothing                         nothing                             nothing
 * suppressed      nothing                         nothing                             nothing
 * </pre>
 *
 * Whoever is blocked is suppressed besides.
 */
final class ImportBatch {
  private final ImportRepository imports;
  private final PeopleVault vault;
  private final List<String> topics;
  private final String consent;
  private final Instant now;
  private final Map<Buffer, Known> known = new HashMap<>();
  private final List<Read> fresh = new ArrayList<>();
  private final List<Read> freshNo = new ArrayList<>();
  private final List<Read> blocked = new ArrayList<>();
  private final List<Long> more = new ArrayList<>();
  private final List<Long> activated = new ArrayList<>();
  private final List<Long> ended = new ArrayList<>();

  ImportBatch(
      ImportRepository imports,
      PeopleVault vault,
      List<String> topics,
      String consent,
      Instant now) {
    this.imports = imports;
    this.vault = vault;
    this.topics = topics;
    this.consent = consent;
    this.now = now;
  }

  /** The outcome of each row, in order. */
  List<Outcome> write(Tx tx, List<Read> rows, List<Status> statuses) {
    Buffer[] hashes =
        rows.stream()
            .flatMap(
                row -> Arrays.stream(SubscriberRepository.buffers(vault.hashes(row.address()))))
            .toArray(Buffer[]::new);
    Set<Buffer> suppressed = imports.suppressed(tx, hashes);
    imports.known(tx, hashes).forEach(person -> known.put(person.hash(), person));
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Read row = rows.get(i);
      boolean silenced = hashesOf(row).anyMatch(suppressed::contains);
      outcomes.add(
          switch (statuses.get(i)) {
            case ENABLED -> silenced ? Outcome.LEFT_OUT : enabled(row);
            case DISABLED -> disabled(row, silenced);
            case BLOCKED -> blocked(row, silenced);
            case UNCONFIRMED -> Outcome.NOT_ACTIVATED;
          });
    }
    flush(tx);
    return outcomes;
  }

  private java.util.stream.Stream<Buffer> hashesOf(Read row) {
    return Arrays.stream(SubscriberRepository.buffers(vault.hashes(row.address())));
  }

  private Optional<Known> known(Read row) {
    return hashesOf(row).map(known::get).filter(person -> person != null).findFirst();
  }

  private Outcome enabled(Read row) {
    Optional<Known> person = known(row);
    if (person.isEmpty()) {
      fresh.add(row);
      return Outcome.IMPORTED;
    }
    return switch (person.get().state()) {
      case UNSUBSCRIBED, BOUNCED, COMPLAINED -> Outcome.LEFT_OUT;
      case PENDING -> {
        activated.add(person.get().id());
        more.add(person.get().id());
        yield Outcome.UPDATED;
      }
      case ACTIVE, PAUSED -> extend(person.get());
    };
  }

  private Outcome extend(Known person) {
    if (person.active().containsAll(topics)) {
      return Outcome.UNCHANGED;
    }
    List<String> open = topics.stream().filter(topic -> !person.left().contains(topic)).toList();
    if (open.isEmpty()) {
      return Outcome.LEFT_OUT;
    }
    if (person.active().containsAll(open)) {
      return Outcome.UNCHANGED;
    }
    more.add(person.id());
    return Outcome.UPDATED;
  }

  /** Takes back what an import gave, never what a person confirmed here. */
  private Outcome disabled(Read row, boolean silenced) {
    Optional<Known> person = known(row);
    if (person.isEmpty() && !silenced) {
      freshNo.add(row);
    }
    person.filter(one -> !one.signedUp()).ifPresent(one -> ended.add(one.id()));
    return Outcome.NOT_ACTIVATED;
  }

  private Outcome blocked(Read row, boolean silenced) {
    Optional<Known> person = known(row);
    if (person.isEmpty() && !silenced) {
      freshNo.add(row);
    }
    person.ifPresent(one -> ended.add(one.id()));
    if (!silenced) {
      blocked.add(row);
    }
    return Outcome.NOT_ACTIVATED;
  }

  private void flush(Tx tx) {
    if (!fresh.isEmpty()) {
      imports.insert(tx, fresh, SubscriberState.ACTIVE, consent, topics, now);
    }
    if (!freshNo.isEmpty()) {
      imports.insert(tx, freshNo, SubscriberState.UNSUBSCRIBED, consent, topics, now);
    }
    if (!activated.isEmpty()) {
      imports.activate(tx, activated, consent);
    }
    if (!more.isEmpty()) {
      imports.addTopics(tx, more, topics, now);
    }
    if (!ended.isEmpty()) {
      imports.end(tx, ended, now);
    }
    if (!blocked.isEmpty()) {
      imports.block(tx, blocked, now);
    }
  }
}
