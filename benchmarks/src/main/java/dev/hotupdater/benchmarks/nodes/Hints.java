package dev.hotupdater.benchmarks.nodes;

import dev.hotupdater.jdbc.JdbcDatabase;
import javax.sql.DataSource;

/** Whether the nodes hear of writes from the database, or have to ask it. */
enum Hints {
  /** They ask, once a second. */
  OFF("polling") {
    @Override
    JdbcDatabase open(DataSource dataSource) {
      return JdbcDatabase.builder(dataSource).withoutHints().build();
    }
  },

  /** They hear of it, and ask as well. */
  ON("hints") {
    @Override
    JdbcDatabase open(DataSource dataSource) {
      return JdbcDatabase.builder(dataSource).build();
    }
  };

  private final String title;

  Hints(String title) {
    this.title = title;
  }

  abstract JdbcDatabase open(DataSource dataSource);

  @Override
  public String toString() {
    return title;
  }
}
