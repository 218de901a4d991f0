package dev.hotupdater.release;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What a client runs on, and which artifact of a release is the best for it. Immutable.
 *
 * <p>Source: Tauri protocol, sections 1 and 7. A client that was installed in one way can be
 * updated in that way only, so a client that names its bundle type gets that, or an artifact for
 * which the type does not matter. A client that names none gets an artifact for which the type does
 * not matter, or else what its system is usually installed by. What an app asks for in place of a
 * system is of its own making, and so is how that is installed: there, every type will do.
 *
 * @param target its operating system, as in {@link ArtifactTarget#target()}
 * @param arch its processor, as in {@link ArtifactTarget#arch()}
 * @param bundleType how it was installed; absent if it does not say, or does not know
 * @param packagings what it can install, what it likes best first
 */
public record ClientPlatform(
    String target, String arch, Optional<String> bundleType, List<Packaging> packagings) {
  private static final Map<String, List<String>> USUAL_BUNDLE_TYPES =
      Map.of(
          "linux", List.of("appimage"),
          "darwin", List.of("app"),
          "windows", List.of("nsis", "msi"));

  /** Those first, of a target that an app has made itself. */
  private static final List<String> BUNDLE_TYPES_OF_OWN_TARGETS =
      List.of("appimage", "app", "nsis", "msi");

  /** Such a bundle is a folder, so that the file of an artifact is an archive, said or not. */
  private static final Set<String> ARCHIVED_BUNDLE_TYPES = Set.of("app");

  private static final int UNUSABLE = Integer.MAX_VALUE;

  /** Copies the list. */
  public ClientPlatform {
    packagings = List.copyOf(packagings);
  }

  /**
   * The best artifact of a release; empty if it has none that this client can install.
   *
   * <p>A client that cannot install every packaging gets one that it is known to install, before
   * one of which that is not known. Then its own processor comes before all processors, its own
   * bundle type before one that does not matter, and the packaging that it likes best. While an
   * artifact of a bundle type that suits it better is still being uploaded, it gets none.
   *
   * @param usable says which artifacts count at all
   */
  public Optional<Artifact> best(Release release, Predicate<Artifact> usable) {
    return release.artifacts().stream()
        .filter(Artifact::isReady)
        .filter(artifact -> fits(artifact.target()))
        .filter(usable)
        .min(
            Comparator.comparingInt(rank(this::doubtRank))
                .thenComparingInt(rank(this::archRank))
                .thenComparingInt(rank(this::bundleTypeRank))
                .thenComparingInt(rank(this::packagingRank)))
        .filter(artifact -> !isBetterOneOnItsWay(release, artifact));
  }

  /** Installed in another way than before, an app may be there twice, or not install at all. */
  private boolean isBetterOneOnItsWay(Release release, Artifact ready) {
    return release.artifacts().stream()
        .filter(artifact -> !artifact.isReady())
        .map(Artifact::target)
        .filter(this::fits)
        .anyMatch(target -> bundleTypeRank(target) < bundleTypeRank(ready.target()));
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

  private int doubtRank(ArtifactTarget offered) {
    boolean installsAll = packagings.size() == Packaging.values().length;
    return installsAll || packaging(offered).isPresent() ? 0 : 1;
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
    return offered.bundleType().map(this::usualRank).orElse(0);
  }

  private int usualRank(String type) {
    if (!USUAL_BUNDLE_TYPES.containsKey(target)) {
      int place = BUNDLE_TYPES_OF_OWN_TARGETS.indexOf(type);
      return 1 + (place < 0 ? BUNDLE_TYPES_OF_OWN_TARGETS.size() : place);
    }
    int place = USUAL_BUNDLE_TYPES.getOrDefault(target, List.of()).indexOf(type);
    return place < 0 ? UNUSABLE : 1 + place;
  }

  private static int unspecified(ArtifactTarget offered) {
    return offered.bundleType().isEmpty() ? 1 : UNUSABLE;
  }

  private int packagingRank(ArtifactTarget offered) {
    Optional<Packaging> packaging = packaging(offered);
    if (packaging.isEmpty()) {
      return packagings.size();
    }
    int place = packagings.indexOf(packaging.get());
    return place < 0 ? UNUSABLE : place;
  }

  private static Optional<Packaging> packaging(ArtifactTarget offered) {
    boolean isArchived = offered.bundleType().filter(ARCHIVED_BUNDLE_TYPES::contains).isPresent();
    return isArchived ? Optional.of(Packaging.ARCHIVE) : offered.packaging();
  }

  /** All parts that are there with hyphens between them, such as {@code linux-x86_64-deb}. */
  @Override
  public String toString() {
    return target + '-' + arch + bundleType.map(type -> '-' + type).orElse("");
  }
}
