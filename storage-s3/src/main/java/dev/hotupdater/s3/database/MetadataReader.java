package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.s3.database.MetadataJournal.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the bundles as they are at one point in time, from objects that are written one by one. */
final class MetadataReader {
  private final MetadataObjects store;
  private final MetadataJournal journal;
  private final Duration timeout;

  MetadataReader(MetadataObjects store, MetadataJournal journal, Duration timeout) {
    this.store = store;
    this.journal = journal;
    this.timeout = timeout;
  }

  /**
   * The bundles after a commit.
   *
   * @param journal the journal that says so
   * @param bundles all of them
   * @param unreadable how many objects and bundles make no sense or cannot be read
   */
  record Bundles(Journal journal, Map<BundleId, Bundle> bundles, int unreadable) {}

  /**
   * Reads all bundles.
   *
   * @param known the journal as it was just read
   */
  Bundles read(State known) {
    Patience patience = new Patience(timeout);
    State before = known;
    while (true) {
      StoredObjects objects = store.load();
      Map<BundleId, Bundle> bundles = objects.bundles();
      State after = journal.read();
      // Each object is from some time in between; what has changed meanwhile is in the journal.
      Optional<List<PendingCommit>> later = after.journal().since(before.journal().revision());
      if (later.isPresent()) {
        before.journal().pending().ifPresent(commit -> commit.applyTo(bundles));
        later.get().forEach(commit -> commit.applyTo(bundles));
        return new Bundles(after.journal(), bundles, objects.unreadable());
      }
      before = after;
      patience.pause("The bundles changed faster than they could be read");
    }
  }
}
