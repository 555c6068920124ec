package org.tocsin.testing;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What every page owes its reader. */
public final class Looks {
  private Looks() {}

  public static List<String> accessible(Page page, String shot) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .flatMap(
                rule ->
                    rule.getNodes().stream()
                        .map(node -> shot + ": " + rule.getId() + ": " + node.getHtml()))
            .toList();
  }

  public static List<String> fits(Page page, String shot) {
    int over =
        ((Number)
                page.evaluate(
                    "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
            .intValue();
    return over > 0 ? List.of(shot + ": " + over + " px wider than the window") : List.of();
  }
}
