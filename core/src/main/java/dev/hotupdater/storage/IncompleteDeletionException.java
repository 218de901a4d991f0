package dev.hotupdater.storage;

import java.util.LinkedHashMap;
import java.util.Map;

/** Of several objects that were to be deleted, some could not be. The others are gone. */
public final class IncompleteDeletionException extends StorageException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_NAMED = 3;

  private final transient Map<StorageUri, String> failures;

  /**
   * Creates the exception.
   *
   * @param failures every object that could not be deleted, with the reason; not empty
   */
  public IncompleteDeletionException(Map<StorageUri, String> failures) {
    super(message(failures));
    this.failures = Map.copyOf(failures);
  }

  /** Every object that could not be deleted, with the reason. */
  public Map<StorageUri, String> failures() {
    return failures;
  }

  private static String message(Map<StorageUri, String> failures) {
    Map<StorageUri, String> named = new LinkedHashMap<>();
    failures.entrySet().stream()
        .limit(MAX_NAMED)
        .forEach(failure -> named.put(failure.getKey(), failure.getValue()));
    return failures.size()
        + " objects could not be deleted, among them "
        + named
        + ". Deleting them again is safe.";
  }
}
