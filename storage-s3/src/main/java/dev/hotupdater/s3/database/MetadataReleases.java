package dev.hotupdater.s3.database;

import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.s3.database.RootObject.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The apps and releases in a bucket. */
final class MetadataReleases implements ReleaseStore {
  private final RootObject root;
  private final RecordObjects<App> apps;
  private final RecordObjects<Release> releases;
  private final ReleaseCommitter committer;
  private final Duration timeout;
  private final UnreadableRecords unreadable = new UnreadableRecords();

  MetadataReleases(
      RootObject root,
      RecordObjects<App> apps,
      RecordObjects<Release> releases,
      ReleaseCommitter committer,
      Duration timeout) {
    this.root = root;
    this.apps = apps;
    this.releases = releases;
    this.committer = committer;
    this.timeout = timeout;
  }

  /** What a root lists, or a part of it. */
  private record Contents(
      ReleaseRoot root, List<Reading<App>> apps, List<Reading<Release>> releases) {
    List<App> readableApps() {
      return apps.stream().flatMap(reading -> reading.content().stream()).toList();
    }

    List<Release> readableReleases() {
      return releases.stream().flatMap(reading -> reading.content().stream()).toList();
    }

    List<Reading<?>> unreadable() {
      List<Reading<?>> all = new ArrayList<>(apps);
      all.addAll(releases);
      all.removeIf(reading -> reading.content().isPresent());
      return all;
    }
  }

  /**
   * Reads a part of the newest root. An object that is missing may have been replaced and swept in
   * the meantime: then there is a newer root.
   */
  private Contents read(Function<ReleaseRoot, Contents> part) {
    Patience patience = new Patience(timeout);
    State state = root.load();
    while (true) {
      Contents contents = part.apply(state.root());
      if (contents.unreadable().isEmpty()) {
        return contents;
      }
      State later = root.load();
      if (later.isSame(state)) {
        contents.unreadable().forEach(unreadable::report);
        return contents;
      }
      state = later;
      patience.pause("The releases changed faster than they could be read");
    }
  }

  private Contents contents(
      ReleaseRoot of, Collection<AppEntry> someApps, Collection<ReleaseEntry> someReleases) {
    return new Contents(of, apps.read(someApps), releases.read(someReleases));
  }

  @Override
  public ReleaseSnapshot snapshot() {
    Contents all = read(now -> contents(now, now.apps().values(), now.releases().values()));
    return new ReleaseSnapshot(
        all.root().revision(), all.readableApps(), all.readableReleases(), all.unreadable().size());
  }

  @Override
  public Revision revision() {
    return root.read().root().revision();
  }

  @Override
  public Optional<ReleaseDelta> changesSince(Revision known) {
    return root.at(known).flatMap(this::changesSince);
  }

  private Optional<ReleaseDelta> changesSince(ReleaseRoot before) {
    Contents changed =
        read(
            now ->
                contents(
                    now,
                    changed(before.apps(), now.apps()),
                    changed(before.releases(), now.releases())));
    boolean isWhole =
        changed.unreadable().isEmpty()
            // No commit removes an app, and there is no telling it.
            && changed.root().apps().keySet().containsAll(before.apps().keySet());
    if (!isWhole) {
      return Optional.empty();
    }
    Set<ReleaseId> absent = new HashSet<>(before.releases().keySet());
    absent.removeAll(changed.root().releases().keySet());
    return Optional.of(
        new ReleaseDelta(
            changed.root().revision(), changed.readableApps(), changed.readableReleases(), absent));
  }

  private static <K, E> List<E> changed(Map<K, E> before, Map<K, E> now) {
    return now.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<String> fingerprint() {
    State state = root.read();
    return Optional.of(state.etag().orElseGet(() -> state.root().revision().value()));
  }

  @Override
  public void commit(List<ReleaseWrite> writes) {
    committer.commit(List.copyOf(writes));
  }

  @Override
  public Optional<App> findApp(AppId id) {
    Contents found = read(now -> contents(now, now.app(id).stream().toList(), List.of()));
    return found.apps().stream().findFirst().map(Reading::orThrow);
  }

  @Override
  public Optional<Release> findRelease(ReleaseId id) {
    Contents found = read(now -> contents(now, List.of(), now.release(id).stream().toList()));
    return found.releases().stream().findFirst().map(Reading::orThrow);
  }
}
