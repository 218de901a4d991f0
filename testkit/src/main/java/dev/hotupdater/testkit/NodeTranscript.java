package dev.hotupdater.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Requests to the Node server and its answers, in order, on one database. Where this library
 * answers otherwise on purpose, the recording says so and why.
 */
final class NodeTranscript {
  static final String BASE_PATH = "/hot-updater";

  private static final String RESOURCE = "node-http.jsonl";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNode storage;
  private final List<Exchange> exchanges;

  private NodeTranscript(JsonNode storage, List<Exchange> exchanges) {
    this.storage = storage;
    this.exchanges = exchanges;
  }

  /**
   * One request with the answer that it must get.
   *
   * @param status the status of the answer
   * @param expectation the whole answer, or what is known of it
   */
  record Exchange(String name, HttpRequest request, int status, Expectation expectation) {}

  /** What is known of the body of an answer. */
  sealed interface Expectation {
    /** Fails if the body is not as expected. */
    boolean isMetBy(JsonNode body);

    /**
     * The whole body.
     *
     * @param json the body
     */
    record Equal(JsonNode json) implements Expectation {
      @Override
      public boolean isMetBy(JsonNode body) {
        return body.equals(json);
      }
    }

    /**
     * Some fields of the body.
     *
     * @param fields the fields
     */
    record Contains(JsonNode fields) implements Expectation {
      @Override
      public boolean isMetBy(JsonNode body) {
        return fields.properties().stream()
            .allMatch(field -> field.getValue().equals(body.get(field.getKey())));
      }
    }

    /**
     * An error whose text names something.
     *
     * @param text what it names; may be empty
     */
    record ErrorNaming(String text) implements Expectation {
      @Override
      public boolean isMetBy(JsonNode body) {
        return body.path("error").isTextual() && body.path("error").textValue().contains(text);
      }
    }
  }

  static NodeTranscript load() throws IOException {
    try (InputStream in = NodeTranscript.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException(RESOURCE + " is missing from the test kit");
      }
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      List<Exchange> exchanges = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        exchanges.add(exchange(MAPPER.readTree(line)));
      }
      return new NodeTranscript(MAPPER.readTree(lines.get(0)), exchanges);
    }
  }

  TranscriptStorage storage() {
    Map<String, String> texts = new HashMap<>();
    storage
        .path("manifests")
        .properties()
        .forEach(text -> texts.put(text.getKey(), text.getValue().textValue()));
    return new TranscriptStorage(
        texts, strings(storage.path("readFails")), strings(storage.path("downloadFails")));
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  private static Exchange exchange(JsonNode recorded) {
    JsonNode expected = recorded.path("expect");
    int status = (expected.isMissingNode() ? recorded : expected).path("status").intValue();
    return new Exchange(
        recorded.path("name").textValue(),
        request(recorded),
        status,
        expected.isMissingNode()
            ? new Expectation.Equal(recorded.path("response"))
            : expectation(expected));
  }

  private static Expectation expectation(JsonNode expected) {
    if (expected.has("response")) {
      return new Expectation.Equal(expected.get("response"));
    }
    return expected.has("contains")
        ? new Expectation.Contains(expected.get("contains"))
        : new Expectation.ErrorNaming(expected.path("names").asText(""));
  }

  private static HttpRequest request(JsonNode recorded) {
    String target = recorded.path("path").textValue();
    int query = target.indexOf('?');
    HttpHeaders.Builder headers = HttpHeaders.builder();
    recorded
        .path("headers")
        .properties()
        .forEach(header -> headers.add(header.getKey(), header.getValue().textValue()));
    String body =
        recorded.has("body")
            ? recorded.get("body").toString()
            : recorded.path("rawBody").asText("");
    return HttpRequest.builder(
            recorded.path("method").textValue(), query < 0 ? target : target.substring(0, query))
        .rawQuery(query < 0 ? "" : target.substring(query + 1))
        .headers(headers.build())
        .body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static Set<String> strings(JsonNode array) {
    Set<String> strings = new HashSet<>();
    array.forEach(element -> strings.add(element.textValue()));
    return strings;
  }
}
