package dev.hotupdater.s3.database;

import dev.hotupdater.bundle.Bundle;
import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.database.DatabaseException;
import dev.hotupdater.s3.database.StoredObjects.Updates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which objects a commit changes, and how. */
final class ObjectChanges {
  /** A character takes at most three bytes, and there is a mark behind the text. */
  private static final int MAX_CHARACTERS = MetadataBucket.MAX_OBJECT_BYTES / 3 - 100;

  private final Map<String, List<Bundle>> bundlesByKey;
  private final Set<BundleId> ids;
  private final StoredObjects objects;

  private ObjectChanges(
      Map<String, List<Bundle>> bundlesByKey, Set<BundleId> ids, StoredObjects objects) {
    this.bundlesByKey = bundlesByKey;
    this.ids = ids;
    this.objects = objects;
  }

  static ObjectChanges of(PendingCommit commit, StoredObjects objects, MetadataLayout layout) {
    Map<String, List<Bundle>> bundlesByKey = new TreeMap<>();
    for (Bundle bundle : commit.present()) {
      bundlesByKey.computeIfAbsent(layout.updatesKey(bundle), key -> new ArrayList<>()).add(bundle);
    }
    return new ObjectChanges(bundlesByKey, commit.ids(), objects);
  }

  /**
   * The keys of all objects that may change. Those that get a bundle come first: other software
   * sees a bundle that moves twice rather than not at all.
   */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(bundlesByKey.keySet());
    keys.addAll(objects.keysOf(ids));
    return keys;
  }

  /** The content of an object before the commit. */
  UpdateFile before(String key) {
    Optional<Updates> object = objects.updates(key);
    if (object.isPresent() && object.get().file().isEmpty()) {
      throw new DatabaseException(
          "The object '"
              + key
              + "' would have to be written, and cannot be read: it is archived, too large or no"
              + " JSON. Restore, correct or delete it.");
    }
    return object.flatMap(Updates::file).orElse(UpdateFile.EMPTY);
  }

  /** The content of an object after the commit. */
  UpdateFile after(String key) {
    return before(key).with(bundlesByKey.getOrDefault(key, List.of()), ids);
  }

  /** Checks that all objects can be written. */
  void check() {
    for (String key : keys()) {
      if (after(key).text().length() > MAX_CHARACTERS) {
        throw new DatabaseException(
            "The object '" + key + "' would become too large to be read. Delete old bundles.");
      }
    }
  }
}
