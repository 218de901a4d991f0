package dev.hotupdater.mongo;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Revision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The bundles in the collections of a database. */
final class MongoBundleStore implements BundleStore {
  private final Connection connection;
  private final SchemaCheck schema;
  private final UnreadableDocuments unreadable = new UnreadableDocuments();
  private final Committer committer;

  MongoBundleStore(Connection connection, SchemaCheck schema) {
    this.connection = connection;
    this.schema = schema;
    committer = new Committer(connection, Journal.BUNDLES);
  }

  private <T> T read(BiFunction<StableReader, BundleReader, T> work) {
    schema.require();
    Deadline deadline = Deadline.in(connection.timeout());
    return connection.read(
        access ->
            work.apply(new StableReader(access, deadline), new BundleReader(access, unreadable)));
  }

  @Override
  public BundleSnapshot snapshot() {
    return read(
        (stable, reader) -> {
          StableReader.State state = stable.all(reader);
          StoredBundles stored = reader.stored(state.documents());
          return new BundleSnapshot(
              state.head().revision(), new ArrayList<>(stored.bundles()), stored.unreadable());
        });
  }

  @Override
  public Revision revision() {
    schema.require();
    return connection.run(() -> connection.access().revision());
  }

  @Override
  public Optional<BundleDelta> changesSince(Revision known) {
    return read(
        (stable, reader) -> stable.since(known, reader::with).map(change -> delta(change, reader)));
  }

  private static BundleDelta delta(StableReader.Change change, BundleReader reader) {
    StoredBundles stored = reader.stored(change.state().documents());
    List<Bundle> present =
        change.touched().stream().flatMap(id -> stored.bundle(id).stream()).toList();
    Set<BundleId> absent = new LinkedHashSet<>(change.touched());
    present.forEach(bundle -> absent.remove(bundle.id()));
    return new BundleDelta(change.state().head().revision(), present, absent);
  }

  @Override
  public Optional<String> fingerprint() {
    schema.require();
    return connection.read(access -> Optional.of(Fingerprint.of(access)));
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    schema.require();
    List<BundleWrite> all = List.copyOf(writes);
    committer.commit(
        (access, next) -> CommitDraft.of(all, next, new BundleReader(access, unreadable)));
  }

  @Override
  public Optional<Bundle> find(BundleId id) {
    return read(
        (stable, reader) ->
            reader.stored(stable.part(reader.with(Set.of(id))).documents()).bundle(id));
  }
}
