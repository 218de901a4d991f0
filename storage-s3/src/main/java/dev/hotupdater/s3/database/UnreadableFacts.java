package dev.hotupdater.s3.database;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once about each object that its facts are left out, and counts those objects. */
final class UnreadableFacts {
  private static final Logger log = LoggerFactory.getLogger(UnreadableFacts.class);
  private static final int MAX_REMEMBERED = 1000;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  void report(String key, String problem) {
    if (reported.size() < MAX_REMEMBERED && reported.add(key)) {
      log.warn(
          "Leaving out the object '{}' in the folder of what devices told: it {}. Those left out so"
              + " far: {}. Restore it, or move it elsewhere.",
          key.replaceAll("\\p{Cntrl}", "?"),
          problem,
          reported.size());
    }
  }

  boolean has(String key) {
    return reported.contains(key);
  }

  int count() {
    return reported.size();
  }
}
