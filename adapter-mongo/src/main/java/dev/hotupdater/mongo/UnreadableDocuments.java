package dev.hotupdater.mongo;

import dev.hotupdater.database.DatabaseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once about each document that it makes no sense, however often it is read. */
final class UnreadableDocuments {
  private static final Logger log = LoggerFactory.getLogger(UnreadableDocuments.class);
  private static final int MAX_REMEMBERED = 1000;
  private static final int MAX_ID_LENGTH = 64;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  void skipped(NamedCollection table, String storedId, String reason) {
    if (reported.size() < MAX_REMEMBERED && reported.add(table.collection() + " " + storedId)) {
      log.warn(
          "Skipping the document of the collection {} with id '{}': {}. Correct or delete it.",
          table.collection(),
          printable(storedId),
          reason);
    }
  }

  /** The exception for a document that makes no sense, where it may not be taken for none. */
  static DatabaseException exception(NamedCollection table, String storedId) {
    return new DatabaseException(
        "The document of the collection "
            + table.collection()
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
