package dev.hotupdater.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Metadata;
import dev.hotupdater.bundle.Rollout;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Typed access to the fields of a JSON object about apps and releases, with errors that name the
 * field. A field that is null is absent. Immutable.
 */
public final class JsonFields {
  private final ObjectNode object;
  private final String path;

  private JsonFields(ObjectNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * The fields of this object.
   *
   * @throws InvalidReleaseException if it is no object
   */
  public static JsonFields of(JsonNode json) {
    if (!(json instanceof ObjectNode)) {
      throw new InvalidReleaseException("body", "A JSON object is expected.");
    }
    return new JsonFields((ObjectNode) json, "");
  }

  /** Whether there is such a field, with a value that is not null. */
  public boolean has(String name) {
    return !isAbsent(get(name));
  }

  /** Whether there is such a field, and it is null. */
  public boolean isNull(String name) {
    return get(name).isNull();
  }

  /** A text that must be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> invalid(name, "must be a string"));
  }

  /** A text that may be absent. */
  public Optional<String> optionalText(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(name, "must be a string");
    }
    return Optional.of(value.textValue());
  }

  /** Texts; none if the field is absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isTextual()) {
        throw invalid(name + "[" + texts.size() + "]", "must be a string");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** Objects; none if the field is absent. */
  public List<JsonFields> objects(String name) {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      String elementName = name + "[" + objects.size() + "]";
      if (!(element instanceof ObjectNode)) {
        throw invalid(elementName, "must be an object");
      }
      objects.add(new JsonFields((ObjectNode) element, path + elementName + "."));
    }
    return objects;
  }

  /** An object; one without fields if it is absent. */
  public JsonFields object(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return new JsonFields(JsonNodeFactory.instance.objectNode(), path + name + ".");
    }
    if (!(value instanceof ObjectNode)) {
      throw invalid(name, "must be an object");
    }
    return new JsonFields((ObjectNode) value, path + name + ".");
  }

  /** The objects that a field has by names, in their order; none if it is absent. */
  public Map<String, JsonFields> objectsByName(String name) {
    JsonFields named = object(name);
    Map<String, JsonFields> objects = new LinkedHashMap<>();
    named.object.fieldNames().forEachRemaining(each -> objects.put(each, named.object(each)));
    return objects;
  }

  /** A truth value; false if the field is absent. */
  public boolean bool(String name) {
    return optionalBool(name).orElse(false);
  }

  /** A truth value that may be absent. */
  public Optional<Boolean> optionalBool(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw invalid(name, "must be true or false");
    }
    return Optional.of(value.booleanValue());
  }

  /** A whole number that must be there. */
  public long number(String name) {
    JsonNode value = get(name);
    if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
      throw invalid(name, "must be a whole number");
    }
    return value.longValue();
  }

  /** One of several words, which must be there. */
  public <T> T choice(String name, Function<String, Optional<T>> fromJsonName) {
    return optionalChoice(name, fromJsonName).orElseThrow(() -> invalid(name, "must be a string"));
  }

  /** One of several words, which may be absent. */
  public <T> Optional<T> optionalChoice(String name, Function<String, Optional<T>> fromJsonName) {
    return optionalText(name)
        .map(
            text ->
                fromJsonName
                    .apply(text)
                    .orElseThrow(() -> invalid(name, "is none of the words that it can be")));
  }

  /** A version, which may be absent. */
  public Optional<ReleaseVersion> version(String name) {
    return optionalText(name)
        .map(
            text ->
                ReleaseVersion.parse(text)
                    .orElseThrow(() -> invalid(name, ReleaseVersion.expectation())));
  }

  /** A whole number that may be absent. */
  public Optional<Long> optionalNumber(String name) {
    return has(name) ? Optional.of(number(name)) : Optional.empty();
  }

  /** How far something is rolled out; to everybody if the field is absent. */
  public Rollout rollout(String name) {
    if (!has(name)) {
      return Rollout.FULL;
    }
    long count = number(name);
    if (count < 0 || count > Rollout.FULL.count()) {
      throw invalid(name, "must be a whole number between 0 and " + Rollout.FULL.count());
    }
    return Rollout.of((int) count);
  }

  /** Free-form data; none if the field is absent. */
  Metadata metadata(String name) {
    JsonNode value = get(name);
    if (isAbsent(value)) {
      return Metadata.empty();
    }
    if (!(value instanceof ObjectNode)) {
      throw invalid(name, "must be an object");
    }
    return Metadata.of((ObjectNode) value);
  }

  ReleaseId releaseId(String name) {
    return ReleaseId.parse(text(name)).orElseThrow(() -> invalid(name, "must be a UUID"));
  }

  Instant instant(String name) {
    return optionalInstant(name).orElseThrow(() -> invalid(name, "must be a time"));
  }

  Optional<Instant> optionalInstant(String name) {
    return optionalText(name).map(text -> instant(name, text));
  }

  private Instant instant(String name, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(name, "must be a time such as 2026-03-13T12:00:00Z");
    }
  }

  private JsonNode array(String name) {
    JsonNode value = get(name);
    if (!isAbsent(value) && !value.isArray()) {
      throw invalid(name, "must be an array");
    }
    return value;
  }

  private JsonNode get(String name) {
    JsonNode value = object.get(name);
    return value == null ? MissingNode.getInstance() : value;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** The exception for a field of this object that is not as it is expected to be. */
  public InvalidReleaseException invalid(String name, String expectation) {
    return InvalidReleaseException.of(path + name, expectation);
  }
}
