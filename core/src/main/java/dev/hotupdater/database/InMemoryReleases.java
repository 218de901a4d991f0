package dev.hotupdater.database;

import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The apps and releases of an {@link InMemoryDatabase}. Safe for use by many threads. */
final class InMemoryReleases implements ReleaseStore {
  private final Runnable hint;
  private final Object writing = new Object();
  private volatile State state = new State(0, Map.of(), Map.of());

  /** One immutable state, so that a reader never sees half of a commit. */
  private record State(long number, Map<AppId, App> apps, Map<ReleaseId, Release> releases) {}

  InMemoryReleases(Runnable hint) {
    this.hint = hint;
  }

  @Override
  public ReleaseSnapshot snapshot() {
    State current = state;
    return new ReleaseSnapshot(
        revision(current),
        List.copyOf(current.apps().values()),
        List.copyOf(current.releases().values()),
        0);
  }

  @Override
  public Revision revision() {
    return revision(state);
  }

  private static Revision revision(State current) {
    return new Revision(Long.toString(current.number()));
  }

  @Override
  public Optional<String> fingerprint() {
    return Optional.of(revision().value());
  }

  @Override
  public void commit(List<ReleaseWrite> writes) {
    synchronized (writing) {
      ReleasePlan plan = ReleasePlan.of(writes, state.apps(), state.releases());
      plan.checkNames();
      Map<AppId, App> apps = new TreeMap<>();
      plan.apps().forEach(app -> apps.put(app.id(), app));
      Map<ReleaseId, Release> releases = new TreeMap<>();
      plan.releases().forEach(release -> releases.put(release.id(), release));
      state = new State(state.number() + 1, apps, releases);
    }
    hint.run();
  }

  @Override
  public Optional<App> findApp(AppId id) {
    return Optional.ofNullable(state.apps().get(id));
  }

  @Override
  public Optional<Release> findRelease(ReleaseId id) {
    return Optional.ofNullable(state.releases().get(id));
  }
}
