package dev.hotupdater.mongo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;

/**
 * The apps, or the releases, that documents come to. Immutable.
 *
 * @param <R> the type of the records
 */
final class StoredRecords<R> {
  private final Map<String, R> records;
  private final int unreadable;

  private StoredRecords(Map<String, R> records, int unreadable) {
    this.records = records;
    this.unreadable = unreadable;
  }

  /**
   * Reads documents.
   *
   * @param unreadable is told of documents that make no sense
   */
  static <R> StoredRecords<R> of(
      RecordForm<R> form, Documents read, UnreadableDocuments unreadable) {
    Map<String, R> records = new LinkedHashMap<>();
    List<BsonDocument> documents = read.of(form.table());
    for (BsonDocument document : documents) {
      String id = RecordForm.storedId(document);
      Optional<R> record = form.read(document);
      if (record.isEmpty()) {
        unreadable.skipped(
            form.table(), id, "the record is none that can be read, or has another id or name");
      } else if (records.putIfAbsent(id, record.get()) != null) {
        unreadable.skipped(form.table(), id, "there is another document with this id");
      }
    }
    return new StoredRecords<>(records, documents.size() - records.size());
  }

  List<R> all() {
    return new ArrayList<>(records.values());
  }

  Optional<R> withId(String id) {
    return Optional.ofNullable(records.get(id));
  }

  /** How many documents make no sense. */
  int unreadable() {
    return unreadable;
  }
}
