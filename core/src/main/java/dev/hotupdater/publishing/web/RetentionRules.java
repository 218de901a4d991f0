package dev.hotupdater.publishing.web;

import dev.hotupdater.catalog.AppRecords;
import dev.hotupdater.liveupdate.UploadOrder;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.DeliveryRules;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.VersionPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which releases no device needs any more. */
final class RetentionRules {
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
            .sorted(UploadOrder.LAST_FIRST)
            .collect(Collectors.groupingBy(Release::channel));
    Instant limit = now.minus(retention.minAge());
    return byChannel.values().stream()
        .flatMap(channel -> superfluous(app, channel, retention, limit))
        .sorted(UploadOrder.LAST_FIRST.reversed())
        .toList();
  }

  /** Of one channel, with the last one in front. */
  private static Stream<Release> superfluous(
      App app, List<Release> channel, Retention retention, Instant limit) {
    Set<ReleaseId> rolledBack = UploadOrder.rolledBack(channel);
    Set<ReleaseId> needed = needed(app, channel, rolledBack, retention);
    Predicate<Release> stays =
        release -> needed.contains(release.id()) || !publishedBefore(release, limit);
    List<Release> notToBeOffered =
        channel.stream().filter(each -> rolledBack.contains(each.id())).filter(stays).toList();
    return channel.stream()
        .filter(stays.negate())
        .filter(release -> notToBeOffered.stream().noneMatch(each -> isHeldBack(each, release)));
  }

  /** Without the release that became active again, what it has skipped would be offered anew. */
  private static boolean isHeldBack(Release rolledBack, Release by) {
    return by.sequence() > rolledBack.sequence()
        && by.uploadSequence() < rolledBack.uploadSequence();
  }

  private static boolean hasBytes(Release release) {
    return release.state() == ReleaseState.PUBLISHED || release.state() == ReleaseState.YANKED;
  }

  private static boolean publishedBefore(Release release, Instant limit) {
    return !release.publishedAt().orElse(release.createdAt()).isAfter(limit);
  }

  /** Of one channel, with the last one in front. */
  private static Set<ReleaseId> needed(
      App app, List<Release> channel, Set<ReleaseId> rolledBack, Retention retention) {
    Set<ReleaseId> needed = new HashSet<>();
    Map<String, List<Release>> forAll = new HashMap<>();
    channel.stream().limit(retention.keepPerChannel()).forEach(each -> needed.add(each.id()));
    for (Release release : channel) {
      if (release.state() == ReleaseState.PUBLISHED && !rolledBack.contains(release.id())) {
        for (Artifact artifact : release.artifacts()) {
          String devices = artifact.target() + " " + group(app, release);
          List<Release> later = forAll.computeIfAbsent(devices, each -> new ArrayList<>());
          if (later.stream().noneMatch(each -> replaces(app, each, release))) {
            needed.add(release.id());
            if (isForAll(app, release)) {
              later.add(release);
            }
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

  /** An app with a native version between the two gets the older one alone, if that is higher. */
  private static boolean replaces(App app, Release later, Release older) {
    return app.liveUpdates().rulesFor(later).underNative().orElse(false)
        || !older.version().isAfter(later.version());
  }

  /** Whether no device is left out of it, but for those whose native version is too high. */
  private static boolean isForAll(App app, Release release) {
    return release.rollout().isFull()
        && policy(app, release) != VersionPolicy.DECLARED_MINIMUM
        && release.minAppVersion().isEmpty()
        && release.rules().equals(DeliveryRules.NONE);
  }
}
