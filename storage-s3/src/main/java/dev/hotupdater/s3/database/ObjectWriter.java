package dev.hotupdater.s3.database;

import dev.hotupdater.database.Revision;

/** Writes an object with bundles, or deletes it when nothing is left in it. */
final class ObjectWriter {
  private final MetadataObjects store;
  private final ConditionalRequests conditions;

  ObjectWriter(MetadataObjects store, ConditionalRequests conditions) {
    this.store = store;
    this.conditions = conditions;
  }

  /**
   * Writes an object, if it still is as these objects have it.
   *
   * @param revision that of the newest commit in it
   * @return whether it is as it is to be now
   */
  boolean write(
      String key, UpdateFile before, UpdateFile after, Revision revision, StoredObjects objects) {
    if (after.isSame(before)) {
      return true;
    }
    if (after.isEmpty() && conditions.canDelete()) {
      String etag = objects.updates(key).orElseThrow().listed().etag();
      return store.delete(key, etag, objects);
    }
    return store.put(key, after, WriteMark.mark(after.text(), revision), objects);
  }
}
