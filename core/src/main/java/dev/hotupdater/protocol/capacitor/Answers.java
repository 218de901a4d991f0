package dev.hotupdater.protocol.capacitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import java.util.Locale;

/**
 * The forms that all answers have.
 *
 * <p>Source: Capacitor protocols, section A3: an answer with an error needs a {@code kind}, or
 * clients count it as a failed download; all outcomes but malformed requests have status 200.
 */
final class Answers {
  private Answers() {}

  /** What an answer with an error means. */
  enum Kind {
    /** The device has what it should have. */
    UP_TO_DATE,
    /** A rule keeps the device from what there is. */
    BLOCKED,
    /** Something is wrong. */
    FAILED;

    String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode error(String error, String message, Kind kind) {
    return object().put("error", error).put("message", message).put("kind", kind.jsonName());
  }

  /** What says that all is well, and nothing else. */
  static ObjectNode statusOk() {
    return object().put("status", "ok");
  }

  static HttpResponse ok(JsonNode json) {
    return of(200, json);
  }

  static HttpResponse of(int status, JsonNode json) {
    return HttpResponse.uncached(status, json.toString()).build();
  }
}
