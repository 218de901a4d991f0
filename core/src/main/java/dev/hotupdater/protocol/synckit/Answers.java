package dev.hotupdater.protocol.synckit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hotupdater.http.HttpResponse;

/** The answers that several routes give. */
final class Answers {
  private Answers() {}

  static HttpResponse ok(JsonNode json) {
    return HttpResponse.uncached(200, json.toString()).build();
  }

  static HttpResponse success() {
    return HttpResponse.uncached(200, "{\"success\":true}").build();
  }

  static HttpResponse notFound(String error) {
    return HttpResponse.uncached(
            404, JsonNodeFactory.instance.objectNode().put("error", error).toString())
        .build();
  }
}
