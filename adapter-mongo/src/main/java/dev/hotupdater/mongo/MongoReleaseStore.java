package dev.hotupdater.mongo;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.ReleaseDelta;
import dev.hotupdater.database.ReleaseSnapshot;
import dev.hotupdater.database.ReleaseStore;
import dev.hotupdater.database.ReleaseWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The apps and releases in the collections of a database. */
final class MongoReleaseStore implements ReleaseStore {
  private final Connection connection;
  private final SchemaCheck schema;
  private final EnsuredCollections collections;
  private final UnreadableDocuments unreadable = new UnreadableDocuments();
  private final Committer committer;

  MongoReleaseStore(Connection connection, SchemaCheck schema) {
    this.connection = connection;
    this.schema = schema;
    collections = new EnsuredCollections(connection, List.of(ReleaseTable.values()));
    committer = new Committer(connection, Journal.RELEASES);
  }

  private <T> T read(BiFunction<StableReader, ReleaseReader, T> work) {
    schema.require();
    Deadline deadline = Deadline.in(connection.timeout());
    return connection.read(
        access -> {
          Access releases = access.to(Journal.RELEASES);
          return work.apply(
              new StableReader(releases, deadline), new ReleaseReader(releases, unreadable));
        });
  }

  @Override
  public ReleaseSnapshot snapshot() {
    return read(
        (stable, reader) -> {
          StableReader.State state = stable.all(reader);
          StoredRecords<App> apps = reader.apps(state.documents());
          StoredRecords<Release> releases = reader.releases(state.documents());
          return new ReleaseSnapshot(
              state.head().revision(),
              apps.all(),
              releases.all(),
              apps.unreadable() + releases.unreadable());
        });
  }

  @Override
  public Revision revision() {
    schema.require();
    return connection.run(() -> connection.access().to(Journal.RELEASES).revision());
  }

  @Override
  public Optional<ReleaseDelta> changesSince(Revision known) {
    return read(
        (stable, reader) ->
            stable.since(known, reader::touched).flatMap(change -> delta(change, reader)));
  }

  /** Empty if an app makes no sense: a delta has no word for an app that is to be forgotten. */
  private static Optional<ReleaseDelta> delta(StableReader.Change change, ReleaseReader reader) {
    Documents documents = change.state().documents();
    StoredRecords<App> apps = reader.apps(documents);
    if (apps.unreadable() > 0) {
      return Optional.empty();
    }
    StoredRecords<Release> stored = reader.releases(documents);
    List<Release> present = new ArrayList<>();
    Set<ReleaseId> absent = new HashSet<>();
    for (BundleId touched : change.touched()) {
      ReleaseId id = new ReleaseId(touched.toString());
      stored.withId(id.value()).ifPresentOrElse(present::add, () -> absent.add(id));
    }
    return Optional.of(
        new ReleaseDelta(change.state().head().revision(), apps.all(), present, absent));
  }

  @Override
  public Optional<String> fingerprint() {
    schema.require();
    return connection.read(access -> Optional.of(Fingerprint.of(access.to(Journal.RELEASES))));
  }

  @Override
  public void commit(List<ReleaseWrite> writes) {
    schema.require();
    collections.require();
    List<ReleaseWrite> all = List.copyOf(writes);
    committer.commit(
        (access, next) -> ReleaseDraft.of(all, next, new ReleaseReader(access, unreadable)));
  }

  @Override
  public Optional<App> findApp(AppId id) {
    return read(
        (stable, reader) ->
            reader
                .apps(stable.part(reader.app(id)).documents())
                .requireReadable(Set.of(id.value()))
                .withId(id.value()));
  }

  @Override
  public Optional<Release> findRelease(ReleaseId id) {
    return read(
        (stable, reader) ->
            reader
                .releases(stable.part(reader.release(id)).documents())
                .requireReadable(Set.of(id.value()))
                .withId(id.value()));
  }
}
