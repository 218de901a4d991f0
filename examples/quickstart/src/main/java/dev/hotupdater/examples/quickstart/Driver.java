package dev.hotupdater.examples.quickstart;

import jdk.jfr.FlightRecorder;
import org.jdbi.v3.core.statement.JdbiStatementEvent;
import org.sqlite.SQLiteJDBCLoader;

/** The slow parts of reaching a database for the first time, none of which needs to know which. */
final class Driver {
  private Driver() {}

  /**
   * Unpacks the native library of SQLite, and starts the flight recorder, with which Jdbi registers
   * before its first statement. Both are done again by those who need them, and then take no time.
   */
  static Void load() throws Exception {
    SQLiteJDBCLoader.initialize();
    if (FlightRecorder.isAvailable()) {
      FlightRecorder.register(JdbiStatementEvent.class);
    }
    return null;
  }
}
