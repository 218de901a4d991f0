package dev.hotupdater.s3.database;

import dev.hotupdater.database.DatabaseException;
import java.util.Optional;

/**
 * What came of reading one app or release.
 *
 * @param entry what was read
 * @param key the object with it
 * @param content what was found; absent if nothing makes sense
 * @param problem why it is absent; otherwise empty
 */
record Reading<T>(RootEntry<T> entry, String key, Optional<T> content, String problem) {
  static <T> Reading<T> of(RootEntry<T> entry, String key, T content) {
    return new Reading<>(entry, key, Optional.of(content), "");
  }

  static <T> Reading<T> failed(RootEntry<T> entry, String key, String problem) {
    return new Reading<>(entry, key, Optional.empty(), problem);
  }

  /**
   * What was found.
   *
   * @throws UnreadableRecordException if nothing makes sense
   */
  T orThrow() {
    return content.orElseThrow(() -> new UnreadableRecordException(this));
  }

  /** An app or a release that is listed has no object that makes sense. */
  static final class UnreadableRecordException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private UnreadableRecordException(Reading<?> reading) {
      super(
          "The "
              + reading.entry().label()
              + " cannot be read: its object '"
              + reading.key()
              + "' "
              + reading.problem()
              + ". Restore the object, or write the "
              + reading.entry().label()
              + " anew.");
    }
  }
}
