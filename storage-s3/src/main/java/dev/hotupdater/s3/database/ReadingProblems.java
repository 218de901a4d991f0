package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.InvalidBundleException;
import java.util.Optional;

/** Is told what could not be read in an object. */
interface ReadingProblems {
  void objectSkipped(String reason);

  void bundleSkipped(Optional<BundleId> id, InvalidBundleException reason);
}
