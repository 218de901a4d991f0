package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundleRevision;
import dev.hotupdater.bundle.InvalidBundleException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The rules of {@link BundleStore#commit} that are the same in every database, for those who write
 * one.
 */
public final class CommitRules {
  private CommitRules() {}

  /**
   * Checks what a write expects against what is stored.
   *
   * @throws WriteConflictException if the stored bundle is another, or there is none
   */
  public static void checkExpectation(BundleWrite write, Optional<Bundle> stored) {
    if (write.expected().isPresent() && !stored.map(BundleRevision::of).equals(write.expected())) {
      throw new WriteConflictException(write.id());
    }
  }

  /**
   * Checks that the base of every patch of a bundle exists.
   *
   * @param exists whether there is a bundle with this id after the commit
   * @throws InvalidBundleException naming the first patch whose base does not exist
   */
  public static void checkPatchBases(Bundle bundle, Predicate<BundleId> exists) {
    for (int i = 0; i < bundle.patches().size(); i++) {
      BundleId base = bundle.patches().get(i).baseBundleId();
      if (!exists.test(base)) {
        String field = "patches[" + i + "].baseBundleId";
        throw new InvalidBundleException(
            field, "Bundle field '" + field + "' names no published bundle: " + base + ".");
      }
    }
  }
}
