package org.tocsin.channels.email;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.owasp.html.HtmlStreamEventReceiver;

/**
 * Sets a sanitised stream of HTML as plain text: headings underlined, links as "words (url)",
 * quotes and lists indented, narrow tables in columns.
 */
final class PlainText implements HtmlStreamEventReceiver {
  static final int WIDTH = 76;

  /** A cell is broken into lines once it is known how wide its table is. */
  private static final int UNBROKEN = 1_000_000;

  private final int width;
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder words = new StringBuilder();
  private final Deque<Margin> margins = new ArrayDeque<>();
  private final Deque<Integer> counters = new ArrayDeque<>();
  private @Nullable PlainTable table;

  /** Whatever stands in the cell that is open, set on its own. */
  private @Nullable PlainText cell;

  private @Nullable String target;
  private int targetFrom;
  private boolean verbatim;
  private boolean atTop = true;

  PlainText() {
    this(WIDTH);
  }

  private PlainText(int width) {
    this.width = width;
  }

  /** What stands before the lines of a block: once its bullet, then as much space. */
  private static final class Margin {
    private final String always;
    private String next;

    Margin(String first, String always) {
      this.next = first;
      this.always = always;
    }

    String take() {
      String taken = next;
      next = always;
      return taken;
    }
  }

  @Override
  public void openDocument() {}

  @Override
  public void closeDocument() {
    paragraph();
  }

  @Override
  public void text(String text) {
    if (cell != null) {
      cell.text(text);
      return;
    }
    words.append(verbatim ? text : text.replaceAll("[ \\t\\r\\n]+", " "));
  }

  @Override
  public void openTag(String element, List<String> attributes) {
    if (cell != null) {
      cell.openTag(element, attributes);
      return;
    }
    switch (element) {
      case "a" -> {
        target = attribute(attributes, "href");
        targetFrom = words.length();
      }
      case "strong", "b" -> words.append('*');
      case "em", "i" -> words.append('_');
      case "br" -> words.append('\n');
      case "code" -> {}
      case "th", "td" -> {
        paragraph();
        if (table != null) {
          String align = attribute(attributes, "align");
          table.cell(align == null ? "" : align, element.equals("th"));
          cell = new PlainText(UNBROKEN);
        }
      }
      case "li" -> {
        paragraph();
        openItem();
      }
      default -> {
        paragraph();
        openBlock(element, attributes);
      }
    }
  }

  private void openBlock(String element, List<String> attributes) {
    switch (element) {
      case "ul" -> openList(0);
      case "ol" -> {
        String start = attribute(attributes, "start");
        openList(start == null ? 1 : Integer.parseInt(start));
      }
      case "blockquote" -> {
        gap();
        margins.addLast(new Margin("> ", "> "));
        atTop = true;
      }
      case "pre" -> {
        gap();
        verbatim = true;
      }
      case "hr" -> {
        gap();
        line("-".repeat(20));
      }
      case "table" -> {
        closeTable();
        table = new PlainTable();
      }
      case "tr" -> {
        if (table != null) {
          table.row();
        }
      }
      default -> {}
    }
  }

  /** Zero counts nothing: a list of bullets. */
  private void openList(int first) {
    if (counters.isEmpty()) {
      gap();
    }
    counters.addLast(first);
    atTop = true;
  }

  private void openItem() {
    int number = counters.isEmpty() ? 0 : counters.removeLast();
    counters.addLast(number == 0 ? 0 : number + 1);
    String marker = number == 0 ? "- " : number + ". ";
    margins.addLast(new Margin(marker, " ".repeat(marker.length())));
    atTop = true;
  }

  @Override
  public void closeTag(String element) {
    if (cell != null) {
      closeInCell(cell, element);
      return;
    }
    switch (element) {
      case "a" -> closeLink();
      case "strong", "b" -> words.append('*');
      case "em", "i" -> words.append('_');
      case "h1" -> heading('=');
      case "h2", "h3", "h4", "h5", "h6" -> heading('-');
      case "th", "td" -> paragraph();
      case "ul", "ol" -> {
        paragraph();
        counters.pollLast();
        atTop = false;
      }
      case "li" -> {
        paragraph();
        margins.pollLast();
        atTop = true;
      }
      case "blockquote" -> {
        paragraph();
        margins.pollLast();
        atTop = false;
      }
      case "pre" -> closeVerbatim();
      case "table" -> {
        paragraph();
        closeTable();
      }
      case "p", "div", "caption" -> paragraph();
      default -> {}
    }
  }

  /** Also of one that another follows without being in a cell of it. */
  private void closeTable() {
    if (table != null) {
      // One table in another's cell is told row by row: its columns would not stay columns.
      List<String> lines = table.lines(width == UNBROKEN ? 0 : room());
      table = null;
      if (!lines.isEmpty()) {
        gap();
        lines.forEach(this::line);
      }
    }
  }

  /** A cell of a table within this one's cell is closed there. */
  private void closeInCell(PlainText open, String element) {
    if (open.cell == null && (element.equals("td") || element.equals("th"))) {
      open.closeDocument();
      cell = null;
      if (table != null) {
        table.words(open.toString());
      }
    } else {
      open.closeTag(element);
    }
  }

  private void closeLink() {
    if (target == null) {
      return;
    }
    String shown = target.startsWith("mailto:") ? target.substring("mailto:".length()) : target;
    String linked = words.substring(Math.min(targetFrom, words.length())).strip();
    if (linked.isEmpty()) {
      words.append(shown);
    } else if (!linked.equals(shown) && !linked.equals(target)) {
      words.append(" (").append(shown).append(')');
    }
    target = null;
  }

  private void heading(char underline) {
    String heading = collapsed();
    words.setLength(0);
    if (!heading.isBlank()) {
      gap();
      underlined(heading, room(), underline).forEach(this::line);
    }
  }

  /** A heading's lines, and under them a rule as long as the longest. */
  static List<String> underlined(String heading, int width, char rule) {
    List<String> lines = Lines.of(heading, width);
    int longest = lines.stream().mapToInt(Lines::length).max().orElse(0);
    return Stream.concat(lines.stream(), Stream.of(String.valueOf(rule).repeat(longest))).toList();
  }

  private void closeVerbatim() {
    words.toString().stripTrailing().lines().forEach(line -> line("    " + line));
    words.setLength(0);
    verbatim = false;
  }

  private void paragraph() {
    String text = collapsed();
    words.setLength(0);
    if (!text.isEmpty()) {
      gap();
      Lines.of(text, room()).forEach(this::line);
    }
  }

  private String collapsed() {
    return words.toString().replaceAll(" +", " ").replaceAll(" ?\n ?", "\n").strip();
  }

  /** An empty line between two blocks, none before the first of a list item or a quote. */
  private void gap() {
    if (!atTop && !out.isEmpty()) {
      line("");
    }
    atTop = false;
  }

  private void line(String text) {
    StringBuilder line = new StringBuilder();
    margins.forEach(margin -> line.append(text.isEmpty() ? margin.always : margin.take()));
    out.append(line.append(text).toString().stripTrailing()).append('\n');
  }

  private int room() {
    return width - margins.stream().mapToInt(margin -> margin.always.length()).sum();
  }

  private static @Nullable String attribute(List<String> attributes, String name) {
    int at = attributes.indexOf(name);
    return at < 0 || at + 1 >= attributes.size() ? null : attributes.get(at + 1);
  }

  @Override
  public String toString() {
    return out.toString().strip();
  }
}
