package dev.hotupdater.mongo;

import dev.hotupdater.database.DatabaseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonDocument;

/**
 * The apps, or the releases, that documents come to. Immutable.
 *
 * @param <R> the type of the records
 */
final class StoredRecords<R> {
  private final ReleaseTable table;
  private final Map<String, R> records;
  private final List<Skipped> skipped;

  /** A document that makes no sense. */
  private record Skipped(String id, String reason) {}

  private StoredRecords(ReleaseTable table, Map<String, R> records, List<Skipped> skipped) {
    this.table = table;
    this.records = records;
    this.skipped = skipped;
  }

  /** Reads documents. */
  static <R> StoredRecords<R> of(RecordForm<R> form, Documents read) {
    Map<String, R> records = new LinkedHashMap<>();
    List<Skipped> skipped = new ArrayList<>();
    for (BsonDocument document : read.of(form.table())) {
      String id = RecordForm.storedId(document);
      Optional<R> record = form.read(document);
      if (record.isEmpty()) {
        skipped.add(
            new Skipped(id, "the record is none that can be read, or has another id or name"));
      } else if (records.putIfAbsent(id, record.get()) != null) {
        skipped.add(new Skipped(id, "there is another document with this id"));
      }
    }
    return new StoredRecords<>(form.table(), records, skipped);
  }

  /** Tells of the documents that make no sense. */
  StoredRecords<R> reportTo(UnreadableDocuments unreadable) {
    skipped.forEach(each -> unreadable.skipped(table, each.id(), each.reason()));
    return this;
  }

  List<R> all() {
    return new ArrayList<>(records.values());
  }

  Optional<R> withId(String id) {
    return Optional.ofNullable(records.get(id));
  }

  /**
   * Checks that no record with one of these ids makes no sense.
   *
   * @throws DatabaseException if one does not
   */
  StoredRecords<R> requireReadable(Set<String> ids) {
    for (Skipped each : skipped) {
      if (ids.contains(each.id()) && !records.containsKey(each.id())) {
        throw UnreadableDocuments.exception(table, each.id());
      }
    }
    return this;
  }

  /** How many documents make no sense. */
  int unreadable() {
    return skipped.size();
  }
}
