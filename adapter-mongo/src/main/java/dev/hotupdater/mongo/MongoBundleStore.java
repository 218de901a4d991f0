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
    committer = new Committer(connection, unreadable);
  }

  private <T> T read(BiFunction<BundleReader, Deadline, T> work) {
    schema.require();
    Deadline deadline = Deadline.in(connection.timeout());
    return connection.read(access -> work.apply(new BundleReader(access, unreadable), deadline));
  }

  @Override
  public BundleSnapshot snapshot() {
    return read(
        (reader, deadline) -> {
          BundleReader.State state = reader.all(deadline);
          return new BundleSnapshot(
              state.head().revision(),
              new ArrayList<>(state.stored().bundles()),
              state.stored().unreadable());
        });
  }

  @Override
  public Revision revision() {
    schema.require();
    return connection.run(
        () -> connection.access().headValue().map(Head::revision).orElse(Head.NONE));
  }

  @Override
  public Optional<BundleDelta> changesSince(Revision known) {
    return read((reader, deadline) -> changes(known, reader, deadline));
  }

  private static Optional<BundleDelta> changes(
      Revision known, BundleReader reader, Deadline deadline) {
    Head head = reader.head();
    while (true) {
      Optional<Set<BundleId>> touched = head.log().since(known);
      if (touched.isEmpty()) {
        return Optional.empty();
      }
      BundleReader.State state = reader.with(touched.get(), deadline);
      if (state.head().revision().equals(head.revision())) {
        return Optional.of(delta(state, touched.get()));
      }
      // What a commit in between has touched must be read as well, all of it or nothing.
      deadline.check();
      head = state.head();
    }
  }

  private static BundleDelta delta(BundleReader.State state, Set<BundleId> touched) {
    List<Bundle> present =
        touched.stream().flatMap(id -> state.stored().bundle(id).stream()).toList();
    Set<BundleId> absent = new LinkedHashSet<>(touched);
    present.forEach(bundle -> absent.remove(bundle.id()));
    return new BundleDelta(state.head().revision(), present, absent);
  }

  @Override
  public Optional<String> fingerprint() {
    schema.require();
    return connection.read(access -> Optional.of(Fingerprint.of(access)));
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    schema.require();
    committer.commit(List.copyOf(writes));
  }

  @Override
  public Optional<Bundle> find(BundleId id) {
    return read((reader, deadline) -> reader.with(Set.of(id), deadline).stored().bundle(id));
  }
}
