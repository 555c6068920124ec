package org.tocsin.channels.email;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table in plain text: in columns where it fits, else row by row as "heading: cell". */
final class PlainTable {
  private static final String GUTTER = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Boolean> flushRight = new ArrayList<>();

  void row() {
    rows.add(new ArrayList<>());
  }

  void align(@Nullable String align) {
    if (rows.size() == 1) {
      flushRight.add("right".equals(align));
    }
  }

  void cell(String text) {
    if (!rows.isEmpty()) {
      rows.getLast().add(text.replace('\n', ' '));
    }
  }

  List<String> lines(int room) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Integer> widths = widths();
    int total =
        widths.stream().mapToInt(Integer::intValue).sum() + GUTTER.length() * (widths.size() - 1);
    return total <= room ? inColumns(widths) : rowByRow(room);
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
      if (lines.size() == 1) {
        lines.add(String.join(GUTTER, widths.stream().map("-"::repeat).toList()));
      }
    }
    return lines;
  }

  private boolean isFlushRight(int column) {
    return column < flushRight.size() && flushRight.get(column);
  }

  private List<String> rowByRow(int room) {
    List<String> headings = rows.getFirst();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      for (int i = 0; i < row.size(); i++) {
        String heading = i < headings.size() ? headings.get(i) + ": " : "";
        lines.addAll(Lines.of(heading + row.get(i), room));
      }
    }
    return lines;
  }
}
