package dev.hotupdater.jdbc;

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

  /** An id is any text here, and a log line must stay one line. */
  private static String printable(String id) {
    String start = id.length() > MAX_ID_LENGTH ? id.substring(0, MAX_ID_LENGTH) + "…" : id;
    return start.replaceAll("\\p{Cntrl}", "?");
  }
}
