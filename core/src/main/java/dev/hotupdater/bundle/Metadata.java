package dev.hotupdater.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.internal.Json;
import java.util.Optional;

/**
 * Free-form data that a publisher attaches to a bundle: a JSON object, for example {@code
 * {"app_version":"1.0.0"}}. Immutable.
 */
public final class Metadata {
  private static final Metadata EMPTY = new Metadata(JsonNodeFactory.instance.objectNode());

  private final ObjectNode object;

  private Metadata(ObjectNode object) {
    this.object = object;
  }

  /** Metadata without any entry. */
  public static Metadata empty() {
    return EMPTY;
  }

  /** Metadata with the entries of this object, which is copied. */
  public static Metadata of(ObjectNode object) {
    return object.isEmpty() ? EMPTY : new Metadata(object.deepCopy());
  }

  /** Metadata read from JSON text; empty if the text is not a JSON object. */
  public static Optional<Metadata> parse(String json) {
    try {
      JsonNode node = Json.MAPPER.readTree(json);
      return node instanceof ObjectNode ? Optional.of(of((ObjectNode) node)) : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * This metadata with {@code additions} merged into it, key by key: objects inside it are merged
   * likewise, arrays element by element, and any other value of {@code additions} wins. A null is a
   * value. This is how the Node server merges.
   */
  public Metadata merge(Metadata additions) {
    return of((ObjectNode) merged(object.deepCopy(), additions.object));
  }

  private static JsonNode merged(JsonNode target, JsonNode source) {
    if (target instanceof ObjectNode && source instanceof ObjectNode) {
      ObjectNode into = (ObjectNode) target;
      source
          .properties()
          .forEach(
              entry ->
                  into.set(entry.getKey(), merged(into.path(entry.getKey()), entry.getValue())));
      return into;
    }
    if (target instanceof ArrayNode && source instanceof ArrayNode) {
      ArrayNode into = (ArrayNode) target;
      for (int i = 0; i < source.size(); i++) {
        if (i < into.size()) {
          into.set(i, merged(into.get(i), source.get(i)));
        } else {
          into.add(source.get(i));
        }
      }
      return into;
    }
    return source;
  }

  /** Whether there are more than so many levels of objects and arrays, itself included. */
  public boolean isDeeperThan(int levels) {
    return isDeeper(object, levels);
  }

  private static boolean isDeeper(JsonNode node, int levels) {
    if (!node.isContainerNode()) {
      return false;
    }
    if (levels == 0) {
      return true;
    }
    for (JsonNode element : node) {
      if (isDeeper(element, levels - 1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether every number in the entries can be written as JSON: 1e400 cannot, in a double. */
  public boolean hasOnlyFiniteNumbers() {
    return isFinite(object);
  }

  private static boolean isFinite(JsonNode node) {
    if (node.isContainerNode()) {
      for (JsonNode element : node) {
        if (!isFinite(element)) {
          return false;
        }
      }
      return true;
    }
    return !node.isFloatingPointNumber() || Double.isFinite(node.doubleValue());
  }

  /** A copy of the entries. */
  public ObjectNode toObject() {
    return object.deepCopy();
  }

  /** The entries as JSON text. */
  public String toJson() {
    return object.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Metadata && ((Metadata) other).object.equals(object);
  }

  @Override
  public int hashCode() {
    return object.hashCode();
  }

  @Override
  public String toString() {
    return toJson();
  }
}
