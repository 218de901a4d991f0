package dev.hotupdater.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.context.RequestContext;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A database that forgets everything when the process ends: for tests, for trying things out, and
 * as the reference of what a database does. Safe for use by many threads.
 */
public final class InMemoryDatabase implements ReleaseDatabase, DeviceDatabase {
  private final Store store = new Store();
  private final InMemoryReleases releases = new InMemoryReleases(this::hint);
  private final InMemoryDevices devices = new InMemoryDevices();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private InMemoryDatabase() {}

  /** An empty database. */
  public static InMemoryDatabase create() {
    return new InMemoryDatabase();
  }

  @Override
  public void check() {
    // Memory can always be reached and has no tables.
  }

  @Override
  public BundleStore bundles(RequestContext context) {
    return store;
  }

  @Override
  public ReleaseStore releases(RequestContext context) {
    return releases;
  }

  @Override
  public DeviceStore devices(RequestContext context) {
    return devices;
  }

  private void hint() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public HintSubscription onChange(Runnable listener) {
    Runnable registration = listener::run;
    listeners.add(registration);
    return () -> listeners.remove(registration);
  }

  /** One immutable state, so that a reader never sees half of a commit. */
  private record State(long number, NavigableMap<BundleId, Bundle> bundles) {}

  private final class Store implements BundleStore {
    private final Object writing = new Object();
    private volatile State state = new State(0, new TreeMap<>());

    @Override
    public BundleSnapshot snapshot() {
      State current = state;
      return BundleSnapshot.of(revision(current), List.copyOf(current.bundles().values()));
    }

    @Override
    public Revision revision() {
      return revision(state);
    }

    private Revision revision(State current) {
      return new Revision(Long.toString(current.number()));
    }

    @Override
    public Optional<String> fingerprint() {
      return Optional.of(revision().value());
    }

    @Override
    public void commit(List<BundleWrite> writes) {
      synchronized (writing) {
        CommitPlan plan = CommitPlan.of(writes, state.bundles());
        plan.checkPatchBases(elsewhere -> false);
        NavigableMap<BundleId, Bundle> next = new TreeMap<>();
        plan.present().forEach(bundle -> next.put(bundle.id(), bundle));
        state = new State(state.number() + 1, next);
      }
      hint();
    }

    @Override
    public Optional<Bundle> find(BundleId id) {
      return Optional.ofNullable(state.bundles().get(id));
    }
  }
}
