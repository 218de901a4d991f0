package dev.hotupdater.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table. Not thread-safe. */
public final class Table {
  private final List<List<String>> lines = new ArrayList<>();

  private Table(List<String> columns) {
    lines.add(columns);
    lines.add(columns.stream().map(column -> "---").toList());
  }

  /** An empty table with these columns. */
  public static Table of(String... columns) {
    return new Table(List.of(columns));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if it has not one cell for each column
   */
  public Table row(String... cells) {
    if (cells.length != lines.get(0).size()) {
      throw new IllegalArgumentException(
          cells.length + " cells for " + lines.get(0).size() + " columns");
    }
    lines.add(List.of(cells));
    return this;
  }

  /** Whether it has no rows. */
  public boolean isEmpty() {
    return lines.size() == 2;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append("| ").append(String.join(" | ", line)).append(" |\n");
    }
    return text.toString();
  }
}
