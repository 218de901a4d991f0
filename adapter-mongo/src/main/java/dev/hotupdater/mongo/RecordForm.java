package dev.hotupdater.mongo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hotupdater.database.AlreadyTakenException;
import dev.hotupdater.release.InvalidReleaseException;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * How apps, or releases, are kept in documents: all of the record as JSON text, since BSON would
 * change some numbers and names, and beside it its id and its name.
 *
 * @param <R> the type of the records
 */
abstract class RecordForm<R> {
  private static final JsonMapper JSON = new JsonMapper();

  /** The collection. */
  abstract ReleaseTable table();

  /** The record in this JSON. */
  abstract R parse(JsonNode json);

  /** The record as JSON. */
  abstract JsonNode json(R record);

  /** The id, which is not the key of the document. */
  abstract String id(R record);

  /** The fields that together are a name that only one record may have. */
  abstract List<String> nameFields();

  /** The values of these fields; none if the record has no name. */
  abstract BsonDocument name(R record);

  /** The exception for a record whose name another one has. */
  abstract AlreadyTakenException taken(R record);

  /** The name as it stands in a document, which may make no sense otherwise. */
  final BsonDocument storedName(BsonDocument document) {
    BsonDocument name = new BsonDocument();
    for (String field : nameFields()) {
      BsonValue value = Values.get(document, field);
      if (!value.isNull()) {
        name.append(field, value);
      }
    }
    return name;
  }

  /** The id as it stands in a document; empty text if it is no text. */
  static String storedId(BsonDocument document) {
    return Values.text(document, Fields.ID).orElse("");
  }

  /** All fields of a record. */
  final BsonDocument fields(R record) {
    BsonDocument fields = new BsonDocument(Fields.ID, new BsonString(id(record)));
    fields.putAll(name(record));
    return fields.append(Fields.RECORD, new BsonString(json(record).toString()));
  }

  /** The record in a document; empty if it makes no sense as one, or its id or name is another. */
  final Optional<R> read(BsonDocument document) {
    return Values.text(document, Fields.RECORD)
        .flatMap(this::readText)
        .filter(record -> id(record).equals(storedId(document)))
        .filter(record -> name(record).equals(storedName(document)));
  }

  private Optional<R> readText(String text) {
    try {
      return Optional.of(parse(JSON.readTree(text)));
    } catch (JsonProcessingException | InvalidReleaseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
