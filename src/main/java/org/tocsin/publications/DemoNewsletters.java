package org.tocsin.publications;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tocsin.access.StaffId;
import org.tocsin.platform.language.Messages;

/**
 * Six invented issues for a demonstration: four in the archive, one in review, one a draft. They go
 * the way of every issue, written by one person and approved by another; only nothing is sent.
 */
public final class DemoNewsletters {
  private static final String RESOURCE = "/demo/newsletters.md";
  private static final int ARCHIVED = 4;

  private final Newsletters newsletters;
  private final Messages words;

  public DemoNewsletters(Newsletters newsletters, Messages words) {
    this.newsletters = newsletters;
    this.words = words;
  }

  /** Does nothing where there is any issue already. */
  public void write(StaffId editor, StaffId approver, StaffId releaseOfficer) {
    if (!newsletters.list("", 1).isEmpty()) {
      return;
    }
    List<Draft> drafts = read();
    for (int i = 0; i < drafts.size(); i++) {
      NewsletterId id = newsletters.create(drafts.get(i), editor, words).id();
      if (i <= ARCHIVED) {
        newsletters.submit(id, editor);
      }
      if (i < ARCHIVED) {
        newsletters.approve(id, approver, Optional.empty());
        newsletters.archive(
            id,
            releaseOfficer,
            YearMonth.parse(drafts.get(i).month())
                .plusMonths(1)
                .atDay(1)
                .atTime(8, 0)
                .toInstant(ZoneOffset.UTC));
      }
    }
  }

  private static List<Draft> read() {
    try (InputStream in = DemoNewsletters.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      List<Draft> drafts = new ArrayList<>();
      for (String issue : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n---\n")) {
        String[] parts = issue.strip().split("\n\n", 2);
        List<String> head = parts[0].lines().toList();
        drafts.add(
            new Draft(
                value(head, 0),
                value(head, 1),
                value(head, 2),
                parts[1].strip() + "\n",
                List.of(value(head, 3).split(", "))));
      }
      return drafts;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String value(List<String> head, int line) {
    return head.get(line).substring(head.get(line).indexOf(": ") + 2);
  }
}
