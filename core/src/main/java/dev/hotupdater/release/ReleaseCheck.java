package dev.hotupdater.release;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Cohort;
import java.util.List;
import java.util.Optional;

/**
 * A client that asks which release it should have.
 *
 * @param channel its channel
 * @param current the version that it runs
 * @param target its operating system, as in {@link ArtifactTarget#target()}
 * @param arch its processor, as in {@link ArtifactTarget#arch()}
 * @param bundleType how it was installed; absent if it does not say, or does not know
 * @param packagings what it can install, what it likes best first; never empty
 * @param cohort its cohort; absent if it named nothing to tell it by
 * @param needsSignature whether it installs nothing without a signature
 */
public record ReleaseCheck(
    String channel,
    ReleaseVersion current,
    String target,
    String arch,
    Optional<String> bundleType,
    List<Packaging> packagings,
    Optional<Cohort> cohort,
    boolean needsSignature) {
  /** Copies the list. */
  public ReleaseCheck {
    requireNonNull(channel, "channel");
    requireNonNull(current, "current");
    packagings = List.copyOf(packagings);
    if (packagings.isEmpty()) {
      throw new IllegalArgumentException("A client must be able to install something");
    }
  }

  /** What it runs on. */
  public ClientPlatform platform() {
    return new ClientPlatform(target, arch, bundleType, packagings);
  }
}
