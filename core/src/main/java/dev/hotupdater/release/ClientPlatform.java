package dev.hotupdater.release;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What a client runs on, and which artifact of a release is the best for it. Immutable.
 *
 * <p>Source: Tauri protocol, sections 1 and 7. A client that was installed in one way can be
 * updated in that way only, so a client that names its bundle type gets that, or an artifact for
 * which the type does not matter. A client that names none gets an artifact for which the type does
 * not matter, or else what its system is usually installed by.
 */
record ClientPlatform(
    String target, String arch, Optional<String> bundleType, List<Packaging> packagings) {
  private static final Map<String, List<String>> USUAL_BUNDLE_TYPES =
      Map.of(
          "linux", List.of("appimage"),
          "darwin", List.of("app"),
          "windows", List.of("nsis", "msi"));

  private static final int UNUSABLE = Integer.MAX_VALUE;

  /** The best artifact of a release; empty if it has none that this client can install. */
  Optional<Artifact> best(Release release) {
    return release.artifacts().stream()
        .filter(Artifact::isReady)
        .filter(artifact -> fits(artifact.target()))
        .min(
            Comparator.comparingInt(rank(this::archRank))
                .thenComparingInt(rank(this::bundleTypeRank))
                .thenComparingInt(rank(this::packagingRank)));
  }

  private static ToIntFunction<Artifact> rank(ToIntFunction<ArtifactTarget> rank) {
    return artifact -> rank.applyAsInt(artifact.target());
  }

  private boolean fits(ArtifactTarget offered) {
    return offered.target().equals(target)
        && archRank(offered) != UNUSABLE
        && bundleTypeRank(offered) != UNUSABLE
        && packagingRank(offered) != UNUSABLE;
  }

  private int archRank(ArtifactTarget offered) {
    if (offered.arch().equals(arch)) {
      return 0;
    }
    return offered.arch().equals(ArtifactTarget.UNIVERSAL) ? 1 : UNUSABLE;
  }

  private int bundleTypeRank(ArtifactTarget offered) {
    if (bundleType.isPresent()) {
      return offered.bundleType().equals(bundleType) ? 0 : unspecified(offered);
    }
    if (offered.bundleType().isEmpty()) {
      return 0;
    }
    int usual =
        USUAL_BUNDLE_TYPES.getOrDefault(target, List.of()).indexOf(offered.bundleType().get());
    return usual < 0 ? UNUSABLE : 1 + usual;
  }

  private static int unspecified(ArtifactTarget offered) {
    return offered.bundleType().isEmpty() ? 1 : UNUSABLE;
  }

  private int packagingRank(ArtifactTarget offered) {
    if (offered.packaging().isEmpty()) {
      return packagings.size();
    }
    int place = packagings.indexOf(offered.packaging().get());
    return place < 0 ? UNUSABLE : place;
  }
}
