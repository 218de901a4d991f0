package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.BundleDelta;
import dev.hotupdater.database.BundleSnapshot;
import dev.hotupdater.database.BundleStore;
import dev.hotupdater.database.BundleWrite;
import dev.hotupdater.database.Revision;
import dev.hotupdater.s3.database.MetadataJournal.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bundles in a bucket. */
final class MetadataStore implements BundleStore {
  private final MetadataObjects objects;
  private final MetadataJournal journal;
  private final MetadataReader reader;
  private final CommitWriter writer;

  MetadataStore(
      MetadataObjects objects,
      MetadataJournal journal,
      MetadataReader reader,
      CommitWriter writer) {
    this.objects = objects;
    this.journal = journal;
    this.reader = reader;
    this.writer = writer;
  }

  @Override
  public BundleSnapshot snapshot() {
    MetadataReader.Bundles read = reader.read(journal.read());
    return new BundleSnapshot(
        read.journal().revision(), List.copyOf(read.bundles().values()), read.unreadable());
  }

  @Override
  public Revision revision() {
    return journal.read().journal().revision();
  }

  @Override
  public Optional<BundleDelta> changesSince(Revision known) {
    State state = journal.read();
    Optional<Set<BundleId>> ids = state.journal().log().since(known);
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    if (ids.get().isEmpty()) {
      return Optional.of(new BundleDelta(state.journal().revision(), List.of(), Set.of()));
    }
    MetadataReader.Bundles read = reader.read(state);
    return read.journal().log().since(known).map(changed -> delta(changed, read));
  }

  private static BundleDelta delta(Set<BundleId> ids, MetadataReader.Bundles read) {
    List<Bundle> present = new ArrayList<>();
    Set<BundleId> absent = new HashSet<>();
    for (BundleId id : ids) {
      Optional.ofNullable(read.bundles().get(id))
          .ifPresentOrElse(present::add, () -> absent.add(id));
    }
    return new BundleDelta(read.journal().revision(), present, absent);
  }

  @Override
  public Optional<String> fingerprint() {
    return Optional.of(objects.fingerprint());
  }

  @Override
  public void commit(List<BundleWrite> writes) {
    writer.commit(List.copyOf(writes));
  }
}
