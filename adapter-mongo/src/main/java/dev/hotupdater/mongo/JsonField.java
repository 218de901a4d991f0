package dev.hotupdater.mongo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * The fields that hold JSON: as documents and arrays, which is how the Node server writes them, or
 * as JSON text, which it reads as well. What cannot be read counts as absent, as in the Node
 * server.
 */
final class JsonField {
  /** Beyond these a number of JavaScript skips integers, and its driver gives objects instead. */
  private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

  private static final int MAX_DEPTH = 64;

  private JsonField() {}

  static Metadata metadata(BsonValue value) {
    if (value.isString()) {
      return Metadata.parse(value.asString().getValue()).orElse(Metadata.empty());
    }
    if (!value.isDocument()) {
      return Metadata.empty();
    }
    return read(value, 0)
        .filter(ObjectNode.class::isInstance)
        .map(object -> Metadata.of((ObjectNode) object))
        .orElse(Metadata.empty());
  }

  /**
   * Metadata as a document if a document can hold it so that either server reads what was written,
   * and otherwise as text.
   */
  static BsonValue write(Metadata metadata) {
    ObjectNode object = metadata.toObject();
    return isPlain(object) ? document(object) : new BsonString(metadata.toJson());
  }

  static Optional<List<Cohort>> cohorts(BsonValue value) {
    if (value.isString()) {
      // A JSON array is metadata of one entry as soon as it is wrapped in an object.
      return Metadata.parse("{\"cohorts\":" + value.asString().getValue() + "}")
          .map(Metadata::toObject)
          .filter(object -> object.size() == 1)
          .map(object -> object.get("cohorts"))
          .filter(ArrayNode.class::isInstance)
          .map(JsonField::cohorts);
    }
    return value.isArray() ? Optional.of(cohorts(value.asArray())) : Optional.empty();
  }

  private static List<Cohort> cohorts(JsonNode array) {
    List<Cohort> cohorts = new ArrayList<>();
    for (JsonNode element : array) {
      if (element.isTextual()) {
        cohorts.add(Cohort.of(element.textValue()));
      }
    }
    return cohorts;
  }

  private static List<Cohort> cohorts(BsonArray array) {
    List<Cohort> cohorts = new ArrayList<>();
    for (BsonValue element : array) {
      if (element.isString()) {
        cohorts.add(Cohort.of(element.asString().getValue()));
      }
    }
    return cohorts;
  }

  static BsonValue write(Optional<? extends Collection<Cohort>> cohorts) {
    return cohorts
        .<BsonValue>map(list -> Values.texts(list.stream().map(Cohort::toString).toList()))
        .orElse(BsonNull.VALUE);
  }

  /** Empty if the value is nested deeper than JSON may be here. */
  private static Optional<JsonNode> read(BsonValue value, int depth) {
    if (depth == MAX_DEPTH) {
      return Optional.empty();
    }
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value.getBsonType()) {
      case DOCUMENT -> readDocument(value.asDocument(), depth);
      case ARRAY -> readArray(value.asArray(), depth);
      case STRING -> Optional.of(json.textNode(value.asString().getValue()));
      case BOOLEAN -> Optional.of(json.booleanNode(value.asBoolean().getValue()));
      case INT32 -> Optional.of(json.numberNode(value.asInt32().getValue()));
      case INT64 -> Optional.of(integer(value.asInt64().getValue()));
      case DOUBLE -> Optional.of(real(value.asDouble().getValue()));
      case NULL, UNDEFINED -> Optional.of(json.nullNode());
      case DATE_TIME ->
          Optional.of(
              json.textNode(Instant.ofEpochMilli(value.asDateTime().getValue()).toString()));
      case OBJECT_ID -> Optional.of(json.textNode(value.asObjectId().getValue().toHexString()));
      case DECIMAL128 -> Optional.of(json.textNode(value.asDecimal128().getValue().toString()));
      // JSON has nothing for the others, and no publisher can have meant them.
      default -> Optional.of(json.nullNode());
    };
  }

  private static JsonNode integer(long value) {
    // As from JSON text, so that equal metadata is equal whichever server wrote it.
    return value == (int) value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /** Node's driver writes an integer of more than 32 bits as a double. */
  private static JsonNode real(double value) {
    if (isInteger(value) && value != (int) value && Math.abs(value) <= MAX_SAFE_INTEGER) {
      return integer((long) value);
    }
    return Double.isFinite(value)
        ? JsonNodeFactory.instance.numberNode(value)
        : JsonNodeFactory.instance.nullNode();
  }

  private static Optional<JsonNode> readDocument(BsonDocument document, int depth) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, BsonValue> entry : document.entrySet()) {
      Optional<JsonNode> read = read(entry.getValue(), depth + 1);
      if (read.isEmpty()) {
        return read;
      }
      object.set(entry.getKey(), read.get());
    }
    return Optional.of(object);
  }

  private static Optional<JsonNode> readArray(BsonArray values, int depth) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (BsonValue value : values) {
      Optional<JsonNode> read = read(value, depth + 1);
      if (read.isEmpty()) {
        return read;
      }
      array.add(read.get());
    }
    return Optional.of(array);
  }

  /** Whether BSON has a value for this that both drivers read back as the same JSON. */
  private static boolean isPlain(JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      if (name.isEmpty()
          || name.startsWith("$")
          || name.indexOf('.') >= 0
          || name.indexOf('\0') >= 0) {
        return false;
      }
    }
    for (JsonNode element : node) {
      if (!isPlain(element)) {
        return false;
      }
    }
    return !node.isNumber() || isPlainNumber(node);
  }

  private static boolean isPlainNumber(JsonNode number) {
    return number.isInt()
        || number.isDouble() && !isInteger(number.doubleValue())
        || number.isLong() && Math.abs(number.longValue()) <= MAX_SAFE_INTEGER;
  }

  private static boolean isInteger(double value) {
    return value == Math.rint(value);
  }

  private static BsonValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> document((ObjectNode) node);
      case ARRAY -> {
        BsonArray array = new BsonArray();
        node.forEach(element -> array.add(value(element)));
        yield array;
      }
      case STRING -> new BsonString(node.textValue());
      case BOOLEAN -> BsonBoolean.valueOf(node.booleanValue());
      case NUMBER -> number(node);
      default -> BsonNull.VALUE;
    };
  }

  private static BsonValue number(JsonNode node) {
    if (node.isInt()) {
      return new BsonInt32(node.intValue());
    }
    return node.isLong() ? new BsonInt64(node.longValue()) : new BsonDouble(node.doubleValue());
  }

  private static BsonDocument document(ObjectNode object) {
    BsonDocument document = new BsonDocument();
    object.properties().forEach(entry -> document.put(entry.getKey(), value(entry.getValue())));
    return document;
  }
}
