package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.InvalidBundleException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once about each content of an object what makes no sense in it, however often it is read.
 */
final class UnreadableObjects {
  private static final Logger log = LoggerFactory.getLogger(UnreadableObjects.class);
  private static final int MAX_REMEMBERED = 1000;

  private final Set<String> reported = ConcurrentHashMap.newKeySet();

  /** What is told of this content is logged. */
  ReadingProblems in(String key, String etag) {
    return new ReadingProblems() {
      @Override
      public void objectSkipped(String reason) {
        if (isNew(key + etag)) {
          log.warn(
              "Skipping the object '{}': {}. No commit will write it until it is restored, corrected"
                  + " or deleted.",
              printable(key),
              reason);
        }
      }

      @Override
      public void bundleSkipped(Optional<BundleId> id, InvalidBundleException reason) {
        String name = id.map(BundleId::toString).orElse("without an id");
        if (isNew(key + etag + name)) {
          log.warn(
              "Skipping the bundle {} in the object '{}', which stays there as it is: {}",
              name,
              printable(key),
              printable(String.valueOf(reason.getMessage())));
        }
      }
    };
  }

  private boolean isNew(String problem) {
    return reported.size() < MAX_REMEMBERED && reported.add(problem);
  }

  /** A key is any text, and a log line must stay one line. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
