package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a server has answered.
 *
 * @param json its body; missing if it is not JSON
 * @param requestedPause how long it has asked to wait; zero if it has not
 */
record Answer(int status, JsonNode json, Duration requestedPause) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

  static Answer of(HttpResponse<byte[]> response) {
    Duration pause =
        response
            .headers()
            .firstValue("Retry-After")
            .filter(value -> SECONDS.matcher(value).matches())
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(Duration.ZERO);
    return new Answer(response.statusCode(), parse(response.body()), pause);
  }

  private static JsonNode parse(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  /** This answer, unless the next one may be another. */
  Answer unlessTemporary() throws TemporaryFailureException {
    if (status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status >= 500) {
      throw new TemporaryFailureException(summary(), requestedPause);
    }
    return this;
  }

  /** The status, and what the server says about it, if it says it as ours does. */
  String summary() {
    Optional<String> error = Optional.ofNullable(json.path("error").textValue());
    return "the server answered " + status + error.map(text -> ": " + text).orElse("");
  }
}
