package dev.hotupdater.s3.database;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once about each object that an app or a release is left out, however often it is read. */
final class UnreadableRecords {
  private static final Logger log = LoggerFactory.getLogger(UnreadableRecords.class);
  private static final int MAX_REMEMBERED = 1000;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  void report(Reading<?> reading) {
    if (reported.size() < MAX_REMEMBERED && reported.add(reading.key())) {
      log.warn(
          "Leaving out the {}: its object '{}' {}. Restore the object, or write it anew.",
          reading.entry().label(),
          reading.key(),
          reading.problem());
    }
  }
}
