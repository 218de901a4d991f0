package dev.hotupdater.mongo;

import com.mongodb.client.model.Filters;
import dev.hotupdater.database.Revision;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;

/**
 * Commits of which each follows the one before. The head of a journal is a document of the settings
 * that only one commit at a time can change; the commits of different journals have nothing to do
 * with each other.
 */
enum Journal {
  // In this order: the patches of a new bundle are there before it is.
  BUNDLES(Head.KEY, List.of(Table.PATCHES, Table.BUNDLES)),
  RELEASES("java_releases_revision", List.of(ReleaseTable.APPS, ReleaseTable.RELEASES));

  private final String key;
  private final List<NamedCollection> collections;

  Journal(String key, List<NamedCollection> collections) {
    this.key = key;
    this.collections = collections;
  }

  /** The collections that its commits write, in the order in which what is created there counts. */
  List<NamedCollection> collections() {
    return collections;
  }

  /** The filter for the head. */
  Bson head() {
    return Filters.eq(Fields.KEY, new BsonString(key));
  }

  /** The filter for the head while it is at this revision. */
  Bson headAt(Revision revision) {
    return Filters.and(head(), Filters.eq(Fields.VALUE, revision.value()));
  }

  /** The update that creates the head, and changes none. */
  BsonDocument created() {
    return new BsonDocument(
        "$setOnInsert",
        new BsonDocument(Fields.SETTING, new BsonString(key))
            .append(Fields.VALUE, new BsonString(Head.NONE.value())));
  }
}
