package dev.hotupdater.benchmarks.http;

import dev.hotupdater.benchmarks.report.Table;

/** Something that is measured over HTTP. */
interface HttpFigure {
  /** What it is, for the line above its table. */
  String title();

  /** Its table without rows. */
  Table table();

  /**
   * Measures it on one kind of database.
   *
   * @throws dev.hotupdater.benchmarks.report.LeftOutException if that is not possible here
   */
  void measure(UpdateServers servers, Table table);
}
