package dev.hotupdater.mongo;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.conversions.Bson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index.
 *
 * @param name the Node server's name for it, or ours
 * @param table the collection
 * @param keys the fields
 * @param options its name, and whether no two documents may have the same values
 */
record SchemaIndex(String name, NamedCollection table, Bson keys, IndexOptions options) {
  private static final Logger log = LoggerFactory.getLogger(SchemaIndex.class);

  /** The same fields under another name, or the same name for other fields. */
  private static final Set<Integer> OTHER_INDEX = Set.of(85, 86);

  static final List<SchemaIndex> ALL =
      List.of(
          of("bundles_id_idx", Table.BUNDLES, "id"),
          of("bundles_target_app_version_idx", Table.BUNDLES, "target_app_version"),
          of("bundles_fingerprint_hash_idx", Table.BUNDLES, "fingerprint_hash"),
          of("bundles_channel_idx", Table.BUNDLES, "channel"),
          of("bundles_platform_idx", Table.BUNDLES, "platform"),
          of("bundles_rollout_idx", Table.BUNDLES, "rollout_cohort_count"),
          of("bundle_patches_bundle_id_idx", Table.PATCHES, "bundle_id"),
          of("bundle_patches_base_bundle_id_idx", Table.PATCHES, "base_bundle_id"),
          // Descending, because not every version of the server has two indexes of the same keys;
          // the Node server makes the other one, and would fail if that were unique.
          of(
              "bundles_id_unique_idx",
              Table.BUNDLES,
              Indexes.descending(Fields.ID),
              options ->
                  options
                      .unique(true)
                      .partialFilterExpression(Filters.type(Fields.ID, BsonType.STRING))),
          unique("hot_updater_apps_id_unique_idx", ReleaseTable.APPS, Fields.ID),
          unique("hot_updater_apps_slug_unique_idx", ReleaseTable.APPS, Fields.SLUG),
          unique("hot_updater_releases_id_unique_idx", ReleaseTable.RELEASES, Fields.ID),
          unique(
              "hot_updater_releases_version_unique_idx",
              ReleaseTable.RELEASES,
              Fields.APP_ID,
              Fields.CHANNEL,
              Fields.VERSION),
          // All that is counted by, so that counting reads no document.
          of(
              "hot_updater_device_events_counts_idx",
              DeviceTable.EVENTS,
              Fields.APP_ID,
              Fields.CHANNEL,
              Fields.RELEASE_ID,
              Fields.VERSION,
              Fields.OUTCOME),
          of(
              "hot_updater_device_events_recorded_idx",
              DeviceTable.EVENTS,
              Fields.OUTCOME,
              Fields.RECORDED_AT,
              Fields.KEY),
          of(
              "hot_updater_device_events_device_idx",
              DeviceTable.EVENTS,
              Fields.APP_ID,
              Fields.DEVICE),
          of(
              "hot_updater_device_channels_assigned_idx",
              DeviceTable.CHANNELS,
              Fields.ASSIGNED_AT,
              Fields.KEY));

  private static SchemaIndex of(String name, NamedCollection table, String... fields) {
    return of(name, table, Indexes.ascending(fields), options -> options);
  }

  /** Commits check for themselves what is there once; documents without the fields are left out. */
  private static SchemaIndex unique(String name, ReleaseTable table, String... fields) {
    return of(name, table, Indexes.ascending(fields), options -> options.unique(true).sparse(true));
  }

  private static SchemaIndex of(
      String name, NamedCollection table, Bson keys, UnaryOperator<IndexOptions> options) {
    return new SchemaIndex(name, table, keys, options.apply(new IndexOptions().name(name)));
  }

  /** Creates the index if it is missing; tells whether it has. */
  boolean create(MongoCollection<BsonDocument> collection) {
    for (BsonDocument index : collection.listIndexes(BsonDocument.class).into(new ArrayList<>())) {
      if (Values.text(index, "name").filter(name::equals).isPresent()) {
        return false;
      }
    }
    try {
      collection.createIndex(keys, options);
      return true;
    } catch (MongoException e) {
      return tolerate(e);
    }
  }

  private boolean tolerate(MongoException e) {
    if (options.isUnique() && Failure.isDuplicate(e)) {
      log.warn(
          "There are documents with the same values in the collection {}, so that the index {} cannot"
              + " be created. Of those with the same id, only the oldest is used. Delete the others"
              + " and migrate again, so that there can be no more.",
          table.collection(),
          name);
      return false;
    }
    if (e instanceof MongoCommandException && OTHER_INDEX.contains(e.getCode())) {
      log.debug("There is another index in the place of {}", name, e);
      return false;
    }
    throw e;
  }
}
