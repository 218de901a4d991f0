package dev.hotupdater.liveupdate;

import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The order of the releases of a channel, and what a release that became active again skips. */
public final class UploadOrder {
  /** The release that was uploaded, or made the active one, last is in front. */
  public static final Comparator<Release> LAST_FIRST =
      Comparator.comparingLong(Release::sequence)
          .thenComparing(Release::createdAt)
          .thenComparing(Release::id)
          .reversed();

  private UploadOrder() {}

  /**
   * The published releases of a channel that were rolled back from: one that was uploaded before
   * them was made the active one after them. They are offered to nobody, also not to devices that
   * the active one is not for. Releases for other platforms are not concerned.
   *
   * @param releases those of one channel, in any state and any order
   */
  public static Set<ReleaseId> rolledBack(Collection<Release> releases) {
    List<Release> lastFirst =
        releases.stream()
            .filter(release -> release.state() == ReleaseState.PUBLISHED)
            .sorted(LAST_FIRST)
            .toList();
    Set<ReleaseId> rolledBack = new HashSet<>();
    Map<String, Long> firstUploads = new HashMap<>();
    for (Release release : lastFirst) {
      if (firstUploadOf(release, firstUploads) < release.uploadSequence()) {
        rolledBack.add(release.id());
      }
      release.artifacts().stream()
          .map(UploadOrder::platform)
          .forEach(each -> firstUploads.merge(each, release.uploadSequence(), Math::min));
    }
    return rolledBack;
  }

  /** The first upload of those that are for some of the devices that the release is for. */
  private static long firstUploadOf(Release release, Map<String, Long> firstUploads) {
    Set<String> platforms = new HashSet<>();
    release.artifacts().stream().map(UploadOrder::platform).forEach(platforms::add);
    if (platforms.contains(WebArtifact.ANY_PLATFORM)) {
      platforms.addAll(firstUploads.keySet());
    }
    platforms.add(WebArtifact.ANY_PLATFORM);
    return platforms.stream()
        .mapToLong(each -> firstUploads.getOrDefault(each, Long.MAX_VALUE))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private static String platform(Artifact artifact) {
    return artifact.target().target();
  }
}
