package dev.hotupdater.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.hotupdater.database.SchemaException;
import dev.hotupdater.database.SchemaVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/** Brings a database to the current schema. Each step may be done again, and by several at once. */
final class Migration {
  /** The fields that the Node server's newer versions rely on, and what they mean when missing. */
  private static final Map<String, BsonValue> DEFAULTS =
      Map.of(
          "channel", new BsonString("production"),
          "metadata", new BsonDocument(),
          "rollout_cohort_count", new BsonInt32(1000),
          "target_cohorts", BsonNull.VALUE,
          "manifest_storage_uri", BsonNull.VALUE,
          "manifest_file_hash", BsonNull.VALUE,
          "asset_base_storage_uri", BsonNull.VALUE);

  private final MongoDatabase database;
  private final List<String> done = new ArrayList<>();

  Migration(MongoDatabase database) {
    this.database = database;
  }

  List<String> run() {
    SchemaStatus before = SchemaCheck.status(Access.of(database));
    requireMigratable(before);
    CollectionSetup setup = new CollectionSetup(database, NamedCollection.all());
    done.addAll(setup.createCollections());
    if (before.state() != SchemaStatus.State.CURRENT) {
      DEFAULTS.forEach(this::fill);
    }
    done.addAll(setup.createIndexes());
    if (before.state() != SchemaStatus.State.CURRENT) {
      record(before);
    }
    return List.copyOf(done);
  }

  private MongoCollection<BsonDocument> collection(Table table) {
    return database.getCollection(table.collection(), BsonDocument.class);
  }

  private void requireMigratable(SchemaStatus status) {
    boolean known =
        switch (status.state()) {
          case CURRENT -> true;
          case MISSING -> {
            requireNothingOfOthers();
            yield true;
          }
          case OLD -> status.version().flatMap(SchemaVersion::parse).isPresent();
          case TOO_NEW -> false;
        };
    if (!known) {
      throw status.cannotMigrate();
    }
  }

  /** A collection that has the name by chance is left alone. */
  private void requireNothingOfOthers() {
    Bson strange =
        Filters.or(
            Filters.exists(Fields.ID, false),
            Filters.exists("platform", false),
            Filters.exists("storage_uri", false));
    if (Access.of(database).first(Table.BUNDLES, strange).isPresent()) {
      throw new SchemaException(
          "There is a collection 'bundles' with documents that are no bundles, and no version of a"
              + " Hot Updater schema is recorded, so nothing was changed. If it belongs to something"
              + " else, use another database. If it is Hot Updater's, delete these documents and"
              + " migrate again.");
    }
  }

  private void fill(String field, BsonValue value) {
    long filled =
        collection(Table.BUNDLES)
            .updateMany(Filters.exists(field, false), Updates.set(field, value))
            .getModifiedCount();
    if (filled > 0) {
      done.add("gave " + filled + " bundles the field " + field);
    }
  }

  /** Last, so that a migration that was interrupted is done again. */
  private void record(SchemaStatus before) {
    Bson version = Filters.eq(Fields.SETTING, SchemaCheck.VERSION);
    Bson current = Updates.set(Fields.VALUE, SchemaVersion.CURRENT.toString());
    boolean recorded =
        before.version().isPresent()
            ? collection(Table.SETTINGS)
                    .updateOne(
                        Filters.and(version, Filters.eq(Fields.VALUE, before.version().get())),
                        current)
                    .getModifiedCount()
                > 0
            : recordFirst(version, current);
    if (recorded) {
      done.add("recorded the version " + SchemaVersion.CURRENT);
    } else {
      // Another server was faster, or something is there that this library does not know.
      SchemaCheck.status(Access.of(database)).requireCurrent();
    }
  }

  /** The key is fixed, so that two servers at once do not record it twice. */
  private boolean recordFirst(Bson version, Bson current) {
    try {
      collection(Table.SETTINGS)
          .updateOne(
              version,
              Updates.combine(
                  current, Updates.setOnInsert(Fields.KEY, new BsonString(SchemaCheck.VERSION))),
              new UpdateOptions().upsert(true));
      return true;
    } catch (MongoException e) {
      if (Failure.isDuplicate(e)) {
        return false;
      }
      throw e;
    }
  }
}
