package dev.hotupdater.mongo;

import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Reads the fields of documents that anybody may have written, and makes values of them. */
final class Values {
  private Values() {}

  /** The value of a field, which may be the BSON null. */
  static BsonValue get(BsonDocument document, String field) {
    return document.get(field, BsonNull.VALUE);
  }

  /** The text of a field; empty if it has none. */
  static Optional<String> text(BsonDocument document, String field) {
    BsonValue value = get(document, field);
    return value.isString() ? Optional.of(value.asString().getValue()) : Optional.empty();
  }

  /** The key of a document for people to read, of whichever type. */
  static String key(BsonDocument document) {
    BsonValue key = get(document, Fields.KEY);
    return key.isObjectId()
        ? key.asObjectId().getValue().toHexString()
        : text(document, Fields.KEY).orElseGet(key::toString);
  }

  /** The number of a field, of whichever type; NaN if there is another value, or none. */
  static double number(BsonValue value) {
    if (value.isNumber()) {
      return value.asNumber().doubleValue();
    }
    return value.isDecimal128() ? parse(value.asDecimal128().getValue().toString()) : Double.NaN;
  }

  private static double parse(String decimal) {
    try {
      return Double.parseDouble(decimal);
    } catch (NumberFormatException e) {
      // Decimal128 has texts of its own for what is no number.
      return Double.NaN;
    }
  }

  /** A switch as the Node server reads it, as far as that makes sense: numbers count. */
  static boolean flag(BsonDocument document, String field) {
    BsonValue value = get(document, field);
    double number = number(value);
    return value.isBoolean() ? value.asBoolean().getValue() : number < 0 || number > 0;
  }

  static BsonValue of(Optional<String> text) {
    return text.<BsonValue>map(BsonString::new).orElse(BsonNull.VALUE);
  }

  static BsonArray texts(List<String> texts) {
    return new BsonArray(texts.stream().map(BsonString::new).toList());
  }
}
