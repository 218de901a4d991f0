package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.RequestJson;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a client says, in a body or in a query. An empty text and null are what a client sends that
 * has nothing to say, and a field of another type is not looked at. Immutable.
 */
final class ClientFields {
  private final Function<String, Optional<String>> texts;

  private ClientFields(Function<String, Optional<String>> texts) {
    this.texts = texts;
  }

  /** The fields of an object. */
  static ClientFields of(ObjectNode json) {
    return new ClientFields(
        name ->
            Optional.ofNullable(json.get(name))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText));
  }

  /** The parameters of a query. */
  static ClientFields of(QueryParameters query) {
    return new ClientFields(query::first);
  }

  /**
   * The fields of the object that a body has.
   *
   * @throws Refusal if it has none
   */
  static ClientFields ofBody(RouteRequest request, int maxBytes) {
    return of(bodyObject(request, maxBytes));
  }

  /** The same of the body where there is one, and else of the query. */
  static ClientFields ofBodyOrQuery(RouteRequest request, int maxBytes) {
    return read(request, maxBytes)
        .map(json -> of(asObject(json)))
        .orElseGet(() -> of(request.query()));
  }

  /**
   * The object that a body has.
   *
   * @throws Refusal if it has none
   */
  static ObjectNode bodyObject(RouteRequest request, int maxBytes) {
    return asObject(body(request, maxBytes));
  }

  /**
   * The JSON value that a body has.
   *
   * @throws Refusal if it has none
   */
  static JsonNode body(RouteRequest request, int maxBytes) {
    return read(request, maxBytes)
        .orElseThrow(() -> invalidBody("The request body is empty; JSON is expected."));
  }

  private static Optional<JsonNode> read(RouteRequest request, int maxBytes) {
    try {
      return RequestJson.readOptional(request, maxBytes);
    } catch (MalformedRequestException e) {
      throw invalidBody(String.valueOf(e.getMessage()));
    }
  }

  private static ObjectNode asObject(JsonNode json) {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw invalidBody("A JSON object is expected.");
  }

  private static Refusal invalidBody(String message) {
    return Refusal.malformed("invalid_json_body", message);
  }

  /** A text; empty if there is none, or nothing in it. */
  Optional<String> text(String name) {
    return texts.apply(name).filter(text -> !text.isEmpty());
  }

  /** A truth value; empty if there is none. */
  Optional<Boolean> flag(String name) {
    return text(name)
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::valueOf);
  }
}
