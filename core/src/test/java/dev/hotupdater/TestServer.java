package dev.hotupdater;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hotupdater.http.HttpHandler;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Sends requests to a handler without a network. */
public final class TestServer {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private TestServer() {}

  public static Answer get(HttpHandler handler, String target) {
    return send(handler, "GET", target, Map.of(), "");
  }

  public static Answer send(
      HttpHandler handler, String method, String target, Map<String, String> headers, String body) {
    int query = target.indexOf('?');
    HttpHeaders.Builder fields = HttpHeaders.builder();
    headers.forEach(fields::add);
    HttpRequest request =
        HttpRequest.builder(method, query < 0 ? target : target.substring(0, query))
            .rawQuery(query < 0 ? "" : target.substring(query + 1))
            .headers(fields.build())
            .body(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
            .build();
    return send(handler, request);
  }

  public static Answer send(HttpHandler handler, HttpRequest request) {
    HttpResponse response = handler.handle(request);
    try (var content = response.body()) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      content.writeTo(bytes);
      return new Answer(
          response.status(), response.headers(), bytes.toString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer with its body read. */
  public record Answer(int status, HttpHeaders headers, String text) {
    public JsonNode json() {
      try {
        return MAPPER.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("Not JSON: " + text, e);
      }
    }

    public String error() {
      return json().path("error").asText("");
    }
  }
}
