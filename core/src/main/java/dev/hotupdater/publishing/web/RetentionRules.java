package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which releases no device needs any more. */
final class RetentionRules {
  /** The order in which releases of a channel were uploaded. */
  static final Comparator<Release> FIRST_UPLOADED_FIRST =
      Comparator.comparingLong(Release::sequence)
          .thenComparing(Release::createdAt)
          .thenComparing(Release::id);

  private RetentionRules() {}

  /** Those that can be removed, the one that was uploaded first in front. */
  static List<Release> superfluous(AppRecords records, Retention retention, Instant now) {
    return records
        .app()
        .map(app -> superfluous(app, records.releases(), retention, now))
        .orElseGet(List::of);
  }

  private static List<Release> superfluous(
      App app, Collection<Release> releases, Retention retention, Instant now) {
    Map<String, List<Release>> byChannel =
        releases.stream()
            .filter(release -> release.sequence() > 0)
            .filter(RetentionRules::hasBytes)
            .sorted(FIRST_UPLOADED_FIRST.reversed())
            .collect(Collectors.groupingBy(Release::channel));
    Instant limit = now.minus(retention.minAge());
    return byChannel.values().stream()
        .flatMap(
            channel -> {
              Set<ReleaseId> needed = needed(app, channel, retention);
              return channel.stream().filter(release -> !needed.contains(release.id()));
            })
        .filter(release -> publishedBefore(release, limit))
        .sorted(FIRST_UPLOADED_FIRST)
        .toList();
  }

  private static boolean hasBytes(Release release) {
    return release.state() == ReleaseState.PUBLISHED || release.state() == ReleaseState.YANKED;
  }

  private static boolean publishedBefore(Release release, Instant limit) {
    return !release.publishedAt().orElse(release.createdAt()).isAfter(limit);
  }

  /** Of one channel, with the last one in front. */
  private static Set<ReleaseId> needed(App app, List<Release> channel, Retention retention) {
    Set<ReleaseId> needed = new HashSet<>();
    Set<String> served = new HashSet<>();
    channel.stream().limit(retention.keepPerChannel()).forEach(each -> needed.add(each.id()));
    for (Release release : channel) {
      if (release.state() == ReleaseState.PUBLISHED) {
        for (Artifact artifact : release.artifacts()) {
          String devices = artifact.target() + " " + group(app, release);
          if (!served.contains(devices)) {
            needed.add(release.id());
          }
          if (isForAll(release)) {
            served.add(devices);
          }
        }
      }
    }
    return needed;
  }

  /** Versions that a device is not offered one for the other. */
  private static String group(App app, Release release) {
    ReleaseVersion version = release.version();
    return switch (policy(app, release)) {
      case ANY, DECLARED_MINIMUM -> "";
      case SAME_MAJOR -> version.major() + "";
      case SAME_MINOR -> version.major() + "." + version.minor();
      case SAME_PATCH -> version.major() + "." + version.minor() + "." + version.patch();
    };
  }

  private static VersionPolicy policy(App app, Release release) {
    return app.liveUpdates().rulesFor(release).versionPolicy().orElse(VersionPolicy.ANY);
  }

  /** Whether no device that gets what is older is left out of it. */
  private static boolean isForAll(Release release) {
    return release.rollout().isFull()
        && release.minAppVersion().isEmpty()
        && release.rules().equals(DeliveryRules.NONE);
  }
}
