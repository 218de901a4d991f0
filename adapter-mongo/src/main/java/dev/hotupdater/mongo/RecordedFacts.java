package dev.hotupdater.mongo;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.hotupdater.device.DeviceFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * The facts in a collection, in the order in which they were recorded. They are read a page at a
 * time, so that a caller may take as long as it wants: no cursor of the server waits for it.
 *
 * @param collection the collection
 * @param time the field with the time of recording
 * @param fields what the reader needs besides
 * @param filter which documents are facts
 * @param reader makes a fact of a document; empty if the document makes no sense
 */
record RecordedFacts(
    MongoCollection<BsonDocument> collection,
    String time,
    List<String> fields,
    Bson filter,
    Function<BsonDocument, Optional<DeviceFact>> reader) {
  private static final int PAGE_SIZE = 1_000;

  /** Those that were recorded at this moment or later. Reads the first page at once. */
  Stream<DeviceFact> since(Connection connection, Instant moment) {
    List<BsonDocument> first = page(connection, Filters.gte(time, Moments.write(moment)));
    return Stream.iterate(first, page -> !page.isEmpty(), page -> next(connection, page))
        .flatMap(List::stream)
        .flatMap(document -> reader.apply(document).stream());
  }

  /** Those in documents that satisfy this as well: a few, which are read at once. */
  List<DeviceFact> where(Bson which) {
    return find(which).into(new ArrayList<>()).stream()
        .flatMap(document -> reader.apply(document).stream())
        .toList();
  }

  private List<BsonDocument> next(Connection connection, List<BsonDocument> page) {
    if (page.size() < PAGE_SIZE) {
      return List.of();
    }
    BsonDocument last = page.get(page.size() - 1);
    BsonValue reached = last.get(time);
    return page(
        connection,
        Filters.and(
            Filters.gte(time, reached),
            Filters.or(Filters.gt(time, reached), Filters.gt(Fields.KEY, last.get(Fields.KEY)))));
  }

  private List<BsonDocument> page(Connection connection, Bson place) {
    return connection.run(
        () ->
            find(place)
                .sort(Sorts.ascending(time, Fields.KEY))
                .limit(PAGE_SIZE)
                .into(new ArrayList<>()));
  }

  private FindIterable<BsonDocument> find(Bson which) {
    return collection
        .find(Filters.and(filter, which))
        .projection(Projections.include(Stream.concat(fields.stream(), Stream.of(time)).toList()));
  }
}
