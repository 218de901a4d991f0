package dev.hotupdater.gcs.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request to the {@link GcsStandIn} and its answer. */
public final class Exchange {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  public String method() {
    return http.getRequestMethod();
  }

  /** As it came, percent-encoded. */
  public String rawPath() {
    return http.getRequestURI().getRawPath();
  }

  /** As it came, percent-encoded. */
  public String rawQuery() {
    return Optional.ofNullable(http.getRequestURI().getRawQuery()).orElse("");
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(http.getRequestHeaders().getFirst(name));
  }

  public Iterable<String> headerNames() {
    return http.getRequestHeaders().keySet();
  }

  public byte[] body() throws IOException {
    return http.getRequestBody().readAllBytes();
  }

  public Map<String, String> query() {
    Map<String, String> parameters = new LinkedHashMap<>();
    Arrays.stream(rawQuery().split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(pair -> pair.split("=", 2))
        .forEach(pair -> parameters.put(decode(pair[0]), pair.length < 2 ? "" : decode(pair[1])));
    return parameters;
  }

  public static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  public Exchange with(String header, String value) {
    http.getResponseHeaders().set(header, value);
    return this;
  }

  public void answer(int status, byte[] body) throws IOException {
    http.getRequestBody().readAllBytes();
    http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    http.getResponseBody().write(body);
    http.close();
  }

  public void answer(int status, JsonNode body) throws IOException {
    with("Content-Type", "application/json").answer(status, JSON.writeValueAsBytes(body));
  }

  /** As Google words it; the message must not come back in one of ours. */
  public void refuse(int status, String reason) throws IOException {
    answer(status, error(status, reason));
  }

  public static JsonNode error(int status, String reason) {
    Map<String, String> detail = Map.of("reason", reason, "message", "SECRET of the server");
    return JSON.valueToTree(
        Map.of(
            "error",
            Map.of(
                "code",
                status,
                "message",
                "SECRET of the server",
                "errors",
                new Object[] {detail})));
  }

  /** Announces the whole body, sends a part of it and cuts the connection. */
  public void breakOff(int status, byte[] body, int sent) throws IOException {
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body, 0, sent);
    http.getResponseBody().flush();
    http.close();
  }

  /** Cuts the connection without an answer. */
  public void cut() {
    http.close();
  }
}
