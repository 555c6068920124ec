package org.tocsin.subscribers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tocsin.audit.Audit;
import org.tocsin.platform.csv.CsvFile;
import org.tocsin.platform.csv.RefusedRows;
import org.tocsin.platform.database.ConstraintViolated;
import org.tocsin.platform.database.Database;
import org.tocsin.platform.errors.HubException.Conflict;
import org.tocsin.platform.errors.HubException.Invalid;
import org.tocsin.platform.language.Languages;
import org.tocsin.subscribers.ImportCounts.Outcome;
import org.tocsin.subscribers.ImportRepository.Standing;
import org.tocsin.subscribers.ImportRow.Read;
import org.tocsin.subscribers.ImportRow.Refused;
import org.tocsin.subscribers.ImportRow.Status;

/**
 * Brings in the subscribers of another system. The file is read twice, once to know it and once to
 * write; each batch moves the count of rows done in its own transaction, so an import that was
 * killed goes on where it ended, and one that is finished changes nothing.
 */
public final class SubscriberImport {
  private static final int BATCH = 500;
  private static final int TRIES = 5;
  private static final int MOST_CONSENT = 200;

  private final Database hub;
  private final PeopleVault vault;
  private final Topics topics;
  private final Languages languages;
  private final Audit audit;
  private final InstantSource clock;
  private final Path errorFolder;
  private final ImportRepository imports;

  /**
   * @param errorFolder where the files of refused rows go
   */
  public SubscriberImport(
      Database hub,
      PeopleVault vault,
      Topics topics,
      Languages languages,
      Audit audit,
      InstantSource clock,
      Path errorFolder) {
    this.hub = hub;
    this.vault = vault;
    this.topics = topics;
    this.languages = languages;
    this.audit = audit;
    this.clock = clock;
    this.errorFolder = errorFolder;
    this.imports = new ImportRepository(vault);
  }

  /** Hears of every batch, after its commit. */
  @FunctionalInterface
  public interface Progress {
    void reached(int done, int rows);
  }

  /**
   * @param resumed how many rows earlier runs had done
   * @param errors the file of refused rows, where there are any
   */
  public record Summary(
      String file, int rows, int resumed, ImportCounts counts, Optional<Path> errors) {
    public boolean wasFinished() {
      return resumed == rows;
    }
  }

  /**
   * @param into topics that those imported are signed up for
   * @param consent where and how these people gave their consent, in public words
   */
  public Summary run(Path path, List<String> into, String consent, Progress progress) {
    check(into, consent);
    CsvFile file = CsvFile.open(path);
    ImportPlan plan = ImportPlan.of(file, languages);
    Optional<Path> errors = RefusedRows.write(errorFolder, file.name(), plan.refused());
    List<String> ordered = topics.ordered(into);
    Standing standing =
        imports.begin(
            hub, vault.mark(file), options(ordered, consent), plan.rows(), clock.instant());
    Run run = new Run(plan, standing, ordered, consent, progress);
    progress.reached(standing.done(), plan.rows());
    plan.forEach(run::add);
    run.flush();
    return new Summary(file.name(), plan.rows(), standing.done(), run.counts, errors);
  }

  private void check(List<String> into, String consent) {
    if (into.isEmpty() || !topics.ids().containsAll(into)) {
      throw new Invalid("topics", "topics must be some of: " + String.join(", ", topics.ids()));
    }
    if (consent.isBlank() || consent.length() > MOST_CONSENT) {
      throw new Invalid(
          "consent_source",
          "the consent source must say in 1 to "
              + MOST_CONSENT
              + " characters where and how these people gave their consent");
    }
  }

  private static String options(List<String> into, String consent) {
    return new JsonObject().put("topics", new JsonArray(into)).put("consent", consent).encode();
  }

  /** One pass over the rows: those done earlier are only remembered, so that duplicates fold. */
  private final class Run {
    private final ImportPlan plan;
    private final Standing standing;
    private final List<String> into;
    private final String consent;
    private final Progress progress;
    private final Set<String> seen = new HashSet<>();
    private final List<Read> rows = new ArrayList<>();
    private final List<Status> statuses = new ArrayList<>();
    private ImportCounts counts;
    private ImportCounts pending;
    private int row;
    private int done;

    Run(ImportPlan plan, Standing standing, List<String> into, String consent, Progress progress) {
      this.plan = plan;
      this.standing = standing;
      this.into = into;
      this.consent = consent;
      this.progress = progress;
      this.counts = standing.counts();
      this.pending = counts;
      this.done = standing.done();
    }

    void add(ImportRow next) {
      row++;
      boolean earlier = row <= standing.done();
      switch (next) {
        case Refused refused -> {
          if (!earlier) {
            pending = pending.plus(Outcome.REFUSED);
          }
        }
        case Read read -> add(read, earlier);
      }
      if (row - done >= BATCH) {
        flush();
      }
    }

    private void add(Read read, boolean earlier) {
      boolean first = seen.add(read.key());
      if (earlier) {
        return;
      }
      if (first) {
        rows.add(read);
        statuses.add(plan.strongest(read));
      } else {
        pending = pending.plus(Outcome.DUPLICATE);
      }
    }

    void flush() {
      if (row <= done) {
        return;
      }
      for (int tries = 1; ; tries++) {
        try {
          counts = write();
          break;
        } catch (ConstraintViolated raced) {
          // Somebody signed up in between; the next try finds them.
          if (tries == TRIES) {
            throw raced;
          }
        }
      }
      pending = counts;
      done = row;
      rows.clear();
      statuses.clear();
      progress.reached(done, plan.rows());
    }

    private ImportCounts write() {
      return hub.transaction(
          tx -> {
            if (imports.lock(tx, standing.id()).done() != done) {
              throw new Conflict(
                  "import_running", "this file is being imported by another run just now");
            }
            ImportCounts sum = pending;
            for (Outcome outcome :
                new ImportBatch(imports, vault, into, consent, clock.instant())
                    .write(tx, rows, statuses)) {
              sum = sum.plus(outcome);
            }
            imports.advance(tx, standing.id(), row, sum, clock.instant());
            if (row == plan.rows()) {
              audit.record(
                  tx,
                  "system",
                  "subscribers.imported",
                  "import:" + standing.id(),
                  sum.toJson().put("topics", new JsonArray(into)).put("consent", consent));
            }
            return sum;
          });
    }
  }
}
