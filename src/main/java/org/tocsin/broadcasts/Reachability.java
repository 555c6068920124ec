package org.tocsin.broadcasts;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.database.DatabaseFailure;

/** Who may be written to just now, and how: what the audience says, less who is suppressed. */
final class Reachability {
  private static final Logger log = LoggerFactory.getLogger(Reachability.class);

  private static final String BOUNCED = "HARD_BOUNCE";

  private final Database database;
  private final Map<String, Audience> audiences = new HashMap<>();
  private final SuppressionRepository suppressions = new SuppressionRepository();

  Reachability(Database database, List<Audience> audiences) {
    this.database = database;
    audiences.forEach(audience -> this.audiences.put(audience.name(), audience));
  }

  Audience audience(Work work) {
    Audience audience = audiences.get(work.audience());
    if (audience == null) {
      throw new IllegalStateException("nobody knows the audience " + work.audience());
    }
    return audience;
  }

  /** By target; who is not there any more is left out. */
  Map<Long, Addressee> ask(Work work, List<Pending> batch) {
    Map<Long, Addressee> reached = reach(audience(work), work, batch);
    Map<Buffer, String> suppressed = suppressed(work, reached);
    if (suppressed.isEmpty()) {
      return reached;
    }
    Map<Long, Addressee> left = new HashMap<>(reached);
    left.replaceAll((_, addressee) -> unlessSuppressed(addressee, suppressed));
    return left;
  }

  /**
   * One recipient who cannot be opened must not hold up the others: then each is asked for alone.
   */
  private Map<Long, Addressee> reach(Audience audience, Work work, List<Pending> batch) {
    try {
      return audience.reach(
          database,
          work.selection(),
          batch.stream().map(p -> new Audience.Recipient(p.target(), p.holes())).toList());
    } catch (DatabaseFailure away) {
      throw away;
    } catch (RuntimeException poison) {
      if (batch.size() > 1) {
        Map<Long, Addressee> each = new HashMap<>();
        batch.forEach(pending -> each.putAll(reach(audience, work, List.of(pending))));
        return each;
      }
      log.atError()
          .addKeyValue("broadcast", work.id().value())
          .setCause(poison)
          .log("A recipient cannot be opened");
      return Map.of(batch.getFirst().target(), new Addressee.Broken());
    }
  }

  /** A stop is sent where mail bounced before too: it may arrive, and harm is done without it. */
  private Map<Buffer, String> suppressed(Work work, Map<Long, Addressee> addressees) {
    List<Buffer> hashes = new ArrayList<>();
    addressees
        .values()
        .forEach(one -> Arrays.stream(hashes(one)).map(Buffer::buffer).forEach(hashes::add));
    if (hashes.isEmpty()) {
      return Map.of();
    }
    Map<Buffer, String> found = suppressions.find(database, hashes);
    if (work.isStop()) {
      found.values().removeIf(BOUNCED::equals);
    }
    return found;
  }

  private static Addressee unlessSuppressed(Addressee addressee, Map<Buffer, String> suppressed) {
    Optional<String> reason =
        Arrays.stream(hashes(addressee))
            .map(hash -> suppressed.get(Buffer.buffer(hash)))
            .filter(Objects::nonNull)
            .findFirst();
    return reason.isEmpty()
        ? addressee
        : new Addressee.Unreachable(reason.get().toLowerCase(Locale.ROOT));
  }

  private static byte[][] hashes(Addressee addressee) {
    return switch (addressee) {
      case Addressee.Reachable reachable -> reachable.suppressionHashes();
      case Addressee.Later later -> later.otherwise().suppressionHashes();
      case Addressee.Unreachable _, Addressee.Broken _ -> new byte[0][];
    };
  }
}
