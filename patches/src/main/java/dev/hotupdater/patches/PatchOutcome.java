package dev.hotupdater.patches;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.BundlePatch;

/** What came of making a patch from one base. */
public sealed interface PatchOutcome {
  /** The bundle that the patch would apply to. */
  BundleId baseBundleId();

  /**
   * A patch was made, tried out, stored and recorded with its target.
   *
   * @param patch the patch as it is recorded
   * @param size its size in bytes
   * @param fullSize the size in bytes of what devices download without it
   */
  record Made(BundlePatch patch, long size, long fullSize) implements PatchOutcome {
    @Override
    public BundleId baseBundleId() {
      return patch.baseBundleId();
    }
  }

  /**
   * No patch was made.
   *
   * @param detail the reason in words, with what to do about it
   */
  record Skipped(BundleId baseBundleId, SkipReason reason, String detail) implements PatchOutcome {}
}
