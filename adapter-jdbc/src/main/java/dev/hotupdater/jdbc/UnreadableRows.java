package dev.hotupdater.jdbc;

import dev.hotupdater.database.DatabaseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once about each row that it makes no sense, however often it is read. */
final class UnreadableRows {
  private static final Logger log = LoggerFactory.getLogger(UnreadableRows.class);
  private static final int MAX_REMEMBERED = 1000;
  private static final int MAX_ID_LENGTH = 64;

  private final String table;
  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  UnreadableRows(String table) {
    this.table = table;
  }

  void skipped(String storedId, String reason) {
    if (reported.size() < MAX_REMEMBERED && reported.add(storedId)) {
      log.warn(
          "Skipping the row of table {} with id '{}': {}. Correct or delete it.",
          table,
          printable(storedId),
          reason);
    }
  }

  /** The exception for a row that makes no sense, where it may not be taken for none. */
  DatabaseException exception(String storedId) {
    return new DatabaseException(
        "The row of table "
            + table
            + " with id '"
            + printable(storedId)
            + "' cannot be read by this server. Correct it or put it anew.");
  }

  /** An id is any text here, and a log line must stay one line. */
  private static String printable(String id) {
    String start = id.length() > MAX_ID_LENGTH ? id.substring(0, MAX_ID_LENGTH) + "…" : id;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
