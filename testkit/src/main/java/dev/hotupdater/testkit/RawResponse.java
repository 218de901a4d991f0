package dev.hotupdater.testkit;

import dev.hotupdater.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** An answer as it came over the wire, with the body freed of its transfer coding. */
record RawResponse(int status, HttpHeaders headers, byte[] body) {
  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  String header(String name) {
    return headers.first(name).orElse("(none)");
  }
}
