package dev.hotupdater.mongo;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.mongodb.client.MongoDatabase;
import dev.hotupdater.bundle.BundleFilter;
import dev.hotupdater.bundle.BundleJson;
import dev.hotupdater.bundle.BundleQuery;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** A database as the Node server left it, and what it answers from it. */
final class NodeServer {
  private NodeServer() {}

  /** The documents, exactly as the Node server wrote them. */
  static void load(MongoDatabase database) {
    BsonDocument dump = BsonDocument.parse(text("node-0.31.0.json"));
    for (Table table : Table.values()) {
      for (BsonValue document : dump.getArray(table.collection())) {
        database
            .getCollection(table.collection(), BsonDocument.class)
            .insertOne(document.asDocument());
      }
    }
  }

  /** The bundles that the Node server lists, newest first. */
  static List<JsonNode> expected() {
    try {
      List<JsonNode> bundles = new ArrayList<>();
      new JsonMapper()
          .readTree(text("node-0.31.0-expected.json"))
          .get("data")
          .forEach(bundles::add);
      return bundles;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bundles that a database lists, newest first. */
  static List<JsonNode> listed(Database database) {
    return database
        .bundles(RequestContext.none())
        .list(BundleQuery.first(BundleFilter.all()))
        .bundles()
        .stream()
        .<JsonNode>map(BundleJson::write)
        .toList();
  }

  private static String text(String file) {
    try (InputStream in = NodeServer.class.getResourceAsStream("/fixtures/" + file)) {
      assertNotNull(in, file);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
