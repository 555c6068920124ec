package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in plain text: in columns where it fits, else row by row as "heading: cell". The first
 * row is one of headings only if its cells say so.
 */
final class PlainTable {
  private static final String GUTTER = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> flushRight = new ArrayList<>();
  private boolean headed;

  void row() {
    rows.add(new ArrayList<>());
  }

  /** A cell begins. */
  void cell(String align, boolean heading) {
    if (rows.isEmpty()) {
      row();
    }
    if (rows.size() == 1) {
      flushRight.add("right".equals(align));
      headed |= heading;
    }
  }

  /** It says this, perhaps in several lines. */
  void words(String text) {
    rows.getLast().add(text);
  }

  List<String> lines(int room) {
    rows.removeIf(row -> row.stream().allMatch(String::isEmpty));
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Integer> widths = widths();
    int total =
        widths.stream().mapToInt(Integer::intValue).sum() + GUTTER.length() * (widths.size() - 1);
    return total <= room && rows.stream().flatMap(List::stream).noneMatch(t -> t.contains("\n"))
        ? inColumns(widths)
        : rowByRow(room);
  }

  private List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int length = Lines.length(row.get(i));
        if (i == widths.size()) {
          widths.add(length);
        } else {
          widths.set(i, Math.max(widths.get(i), length));
        }
      }
    }
    return widths;
  }

  private List<String> inColumns(List<Integer> widths) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        String space = " ".repeat(widths.get(i) - Lines.length(row.get(i)));
        cells.add(isFlushRight(i) ? space + row.get(i) : row.get(i) + space);
      }
      lines.add(String.join(GUTTER, cells));
      if (lines.size() == 1 && headed) {
        lines.add(String.join(GUTTER, widths.stream().map("-"::repeat).toList()));
      }
    }
    return lines;
  }

  private boolean isFlushRight(int column) {
    return column < flushRight.size() && flushRight.get(column);
  }

  /** A table of headings alone has no row that could name them, so they are a row. */
  private List<String> rowByRow(int room) {
    boolean named = headed && rows.size() > 1;
    List<String> headings = named ? rows.getFirst() : List.of();
    List<String> lines = new ArrayList<>();
    for (List<String> row : named ? rows.subList(1, rows.size()) : rows) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int i = 0; i < row.size(); i++) {
        addCell(i < headings.size() ? headings.get(i) : "", row.get(i), room, lines);
      }
    }
    return lines;
  }

  private static void addCell(String heading, String cell, int room, List<String> lines) {
    if (heading.isEmpty() && cell.isEmpty()) {
      return;
    }
    String name = heading.isEmpty() ? "" : heading.replace('\n', ' ') + ":";
    if (name.isEmpty() || cell.contains("\n")) {
      if (!name.isEmpty()) {
        lines.addAll(Lines.of(name, room));
      }
      cell.lines().forEach(line -> lines.addAll(Lines.of(line, room)));
    } else {
      lines.addAll(Lines.of((name + " " + cell).strip(), room));
    }
  }
}
