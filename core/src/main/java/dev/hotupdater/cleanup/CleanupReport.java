package dev.hotupdater.cleanup;

import dev.hotupdater.storage.ObjectSummary;
import dev.hotupdater.storage.StorageUri;
import java.util.List;
import java.util.Map;

/**
 * What a {@link StorageCleanup} has found, or done. Immutable.
 *
 * @param referenced how many objects are kept because a bundle refers to them
 * @param young how many are kept because they were written lately
 * @param unreferenced the objects that no bundle refers to: those that would be deleted, or were
 * @param failures those of them that could not be deleted, with the reason; empty for a dry run
 */
public record CleanupReport(
    long referenced,
    long young,
    List<ObjectSummary> unreferenced,
    Map<StorageUri, String> failures) {
  /** Copies the collections. */
  public CleanupReport {
    unreferenced = List.copyOf(unreferenced);
    failures = Map.copyOf(failures);
  }

  /** How many bytes the objects have that no bundle refers to. */
  public long unreferencedBytes() {
    return unreferenced.stream().mapToLong(ObjectSummary::size).sum();
  }
}
