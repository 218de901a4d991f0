package dev.hotupdater.catalog;

import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.Revision;
import dev.hotupdater.liveupdate.LiveUpdateLine;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseLine;
import dev.hotupdater.release.Slug;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All apps and releases at one point in time, arranged for decisions. Immutable. A next state
 * shares with this one the lines that have not changed.
 */
final class ReleaseIndex implements ReleaseView, CatalogState {
  /** The state without any app, from which the first load starts. */
  static final ReleaseIndex EMPTY =
      new ReleaseIndex(new Revision(""), Map.of(), Map.of(), Map.of());

  private static final Comparator<Release> CREATED_LAST_FIRST =
      Comparator.comparing(Release::createdAt).thenComparing(Release::id).reversed();

  private final Revision revision;
  private final Map<AppId, App> apps;
  private final Map<Slug, App> bySlug = new HashMap<>();
  private final Map<ReleaseId, Release> releases;
  private final Map<AppId, Map<String, ChannelLines>> lines;

  private ReleaseIndex(
      Revision revision,
      Map<AppId, App> apps,
      Map<ReleaseId, Release> releases,
      Map<AppId, Map<String, ChannelLines>> lines) {
    this.revision = revision;
    this.apps = apps;
    this.releases = releases;
    this.lines = lines;
    apps.values().forEach(app -> app.slug().ifPresent(slug -> bySlug.put(slug, app)));
  }

  /** The releases of a channel, in both orders. */
  private record ChannelLines(ReleaseLine byVersion, LiveUpdateLine byUpload) {}

  /**
   * A state and what has led to it.
   *
   * @param state the state
   * @param change how it differs from the state before
   */
  record Step(ReleaseIndex state, ReleaseChange change)
      implements Transition<ReleaseIndex, ReleaseChange> {}

  @Override
  public Revision revision() {
    return revision;
  }

  /** The state of a snapshot that was taken after this one. */
  Step next(ReleaseSnapshot snapshot) {
    Map<AppId, App> nextApps = new HashMap<>();
    snapshot.apps().forEach(app -> nextApps.put(app.id(), app));
    Map<ReleaseId, Release> nextReleases = new HashMap<>();
    snapshot.releases().forEach(release -> nextReleases.put(release.id(), release));
    return next(snapshot.revision(), nextApps, nextReleases);
  }

  /** The state after what has been written since this one. */
  Step next(ReleaseDelta delta) {
    Map<AppId, App> nextApps = new HashMap<>(apps);
    delta.apps().forEach(app -> nextApps.put(app.id(), app));
    Map<ReleaseId, Release> nextReleases = new HashMap<>(releases);
    delta.releases().forEach(release -> nextReleases.put(release.id(), release));
    delta.absent().forEach(nextReleases::remove);
    return next(delta.revision(), nextApps, nextReleases);
  }

  private Step next(
      Revision nextRevision, Map<AppId, App> nextApps, Map<ReleaseId, Release> nextReleases) {
    Set<AppId> touched = touched(nextApps, nextReleases);
    Map<AppId, List<Release>> byApp =
        nextReleases.values().stream()
            .filter(release -> touched.contains(release.appId()))
            .collect(Collectors.groupingBy(Release::appId));
    Map<AppId, Map<String, ChannelLines>> nextLines = new HashMap<>(lines);
    for (AppId id : touched) {
      Optional<App> app = Optional.ofNullable(nextApps.get(id));
      if (app.isPresent()) {
        nextLines.put(
            id,
            lines(app.get(), byApp.getOrDefault(id, List.of()), lines.getOrDefault(id, Map.of())));
      } else {
        nextLines.remove(id);
      }
    }
    return new Step(
        new ReleaseIndex(nextRevision, nextApps, nextReleases, nextLines),
        new ReleaseChange(touched));
  }

  private Set<AppId> touched(Map<AppId, App> nextApps, Map<ReleaseId, Release> nextReleases) {
    Set<AppId> touched = new HashSet<>();
    nextApps.forEach(
        (id, app) -> {
          if (!app.equals(apps.get(id))) {
            touched.add(id);
          }
        });
    apps.keySet().stream().filter(id -> !nextApps.containsKey(id)).forEach(touched::add);
    nextReleases.forEach(
        (id, release) -> {
          Optional<Release> known = Optional.ofNullable(releases.get(id));
          if (!known.equals(Optional.of(release))) {
            touched.add(release.appId());
            known.map(Release::appId).ifPresent(touched::add);
          }
        });
    releases.forEach(
        (id, release) -> {
          if (!nextReleases.containsKey(id)) {
            touched.add(release.appId());
          }
        });
    return touched;
  }

  /** A line that has not changed goes on with what it remembers. */
  private static Map<String, ChannelLines> lines(
      App app, List<Release> ofApp, Map<String, ChannelLines> known) {
    Map<String, ChannelLines> lines = new HashMap<>();
    ofApp.stream()
        .collect(Collectors.groupingBy(Release::channel))
        .forEach(
            (channel, ofChannel) -> {
              ReleaseLine line = ReleaseLine.of(app, ofChannel);
              Optional<ChannelLines> before =
                  Optional.ofNullable(known.get(channel))
                      .filter(each -> each.byVersion().equals(line));
              lines.put(
                  channel,
                  before.orElseGet(
                      () -> new ChannelLines(line, LiveUpdateLine.of(app, channel, ofChannel))));
            });
    return lines;
  }

  @Override
  public Optional<App> app(AppId id) {
    return Optional.ofNullable(apps.get(id));
  }

  @Override
  public Optional<App> app(Slug slug) {
    return Optional.ofNullable(bySlug.get(slug));
  }

  @Override
  public Optional<Release> release(ReleaseId id) {
    return Optional.ofNullable(releases.get(id));
  }

  @Override
  public ReleaseLine line(AppId app, String channel) {
    return lines(app, channel).map(ChannelLines::byVersion).orElse(ReleaseLine.EMPTY);
  }

  @Override
  public LiveUpdateLine liveUpdates(AppId app, String channel) {
    return lines(app, channel).map(ChannelLines::byUpload).orElseGet(() -> without(app, channel));
  }

  /** A channel without releases may have settings. */
  private LiveUpdateLine without(AppId app, String channel) {
    return app(app)
        .map(known -> LiveUpdateLine.of(known, channel, List.of()))
        .orElse(LiveUpdateLine.EMPTY);
  }

  private Optional<ChannelLines> lines(AppId app, String channel) {
    return Optional.ofNullable(lines.getOrDefault(app, Map.of()).get(channel));
  }

  @Override
  public List<Release> releases(AppId app) {
    List<Release> ofApp = new ArrayList<>();
    lines
        .getOrDefault(app, Map.of())
        .values()
        .forEach(channel -> ofApp.addAll(channel.byVersion().releases()));
    ofApp.sort(CREATED_LAST_FIRST);
    return ofApp;
  }

  @Override
  public SortedSet<String> channels(AppId app) {
    return new TreeSet<>(lines.getOrDefault(app, Map.of()).keySet());
  }

  @Override
  public Collection<Release> unfinished() {
    return releases.values().stream()
        .filter(release -> release.artifacts().stream().anyMatch(each -> !each.isReady()))
        .toList();
  }
}
