package dev.hotupdater.mongo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Documents that were read, by their collections and keys. Used by one thread. */
final class Documents {
  private final Map<NamedCollection, Map<BsonValue, BsonDocument>> tables = new HashMap<>();

  private Map<BsonValue, BsonDocument> table(NamedCollection table) {
    return tables.computeIfAbsent(table, added -> new LinkedHashMap<>());
  }

  void add(NamedCollection table, List<BsonDocument> documents) {
    documents.forEach(document -> table(table).put(Values.get(document, Fields.KEY), document));
  }

  /** Forgets documents of a collection. */
  void remove(NamedCollection table, Predicate<BsonDocument> which) {
    table(table).values().removeIf(which);
  }

  /** Brings what was read to the state after a commit, however much of it had been done. */
  void finish(Optional<PendingCommit> pending) {
    pending.ifPresent(commit -> commit.writes().forEach(this::finish));
  }

  private void finish(DocumentWrite write) {
    Map<BsonValue, BsonDocument> documents = table(write.table());
    if (write instanceof DocumentWrite.Insert insert) {
      if (!isCreated(documents.get(insert.key()))) {
        documents.put(insert.key(), insert.document());
      }
    } else if (write instanceof DocumentWrite.Update update) {
      documents.computeIfPresent(
          update.key(),
          (key, document) ->
              isAt(document, update.commit()) ? updated(document, update.fields()) : document);
    } else if (write instanceof DocumentWrite.Delete delete) {
      documents.computeIfPresent(
          delete.key(), (key, document) -> isAt(document, delete.commit()) ? null : document);
    }
  }

  private static boolean isCreated(@Nullable BsonDocument document) {
    return document != null && !isTentative(document);
  }

  private static boolean isAt(BsonDocument document, BsonValue commit) {
    return Values.get(document, Fields.COMMIT).equals(commit);
  }

  private static BsonDocument updated(BsonDocument document, BsonDocument fields) {
    BsonDocument updated = document.clone();
    updated.putAll(fields);
    return updated;
  }

  /** Whether a commit has created this document that is not finished yet, or never will be. */
  static boolean isTentative(BsonDocument document) {
    return document.containsKey(Fields.TENTATIVE);
  }

  /** The documents of a collection that count. */
  List<BsonDocument> of(NamedCollection table) {
    return table(table).values().stream().filter(document -> !isTentative(document)).toList();
  }

  /** The documents of a collection that do not count. */
  List<BsonDocument> tentative(NamedCollection table) {
    return table(table).values().stream().filter(Documents::isTentative).toList();
  }
}
