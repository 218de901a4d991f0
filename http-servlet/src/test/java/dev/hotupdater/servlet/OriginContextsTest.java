package dev.hotupdater.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hotupdater.http.MalformedRequestException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginContextsTest {
  private final OriginContexts contexts = new OriginContexts();

  private URI baseUri(Origin origin) {
    return contexts.of(origin).baseUri().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "http,  a.example, 80,   '',     http://a.example",
    "http,  a.example, 443,  '',     http://a.example:443",
    "https, a.example, 443,  /app,   https://a.example/app",
    "https, a.example, 8443, /a/b,   https://a.example:8443/a/b",
    "https, a.example, -1,   '',     https://a.example",
    "http,  ::1,       8080, '',     http://[::1]:8080",
    "http,  '[::1]',   8080, /app,   http://[::1]:8080/app"
  })
  void of_origin_hasItsAddress(
      String scheme, String host, int port, String contextPath, String expected) {
    Origin origin = new Origin(scheme, host, port, contextPath);

    assertEquals(URI.create(expected), baseUri(origin));
    assertEquals(URI.create(expected), baseUri(origin));
  }

  @Test
  void of_equalOrigins_isOneContext() {
    assertSame(
        contexts.of(new Origin("https", "a.example", 443, "")),
        contexts.of(new Origin("https", new String("a.example"), 443, "")));
  }

  @Test
  void of_manyOrigins_isAlwaysTheirOwn() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1_000; i++) {
        assertEquals(
            URI.create("https://host-" + i + ".example:8443"),
            baseUri(new Origin("https", "host-" + i + ".example", 8443, "")));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a\"b", "<a>", "a%zz", "[::1"})
  void of_hostThatIsNone_isMalformedEveryTime(String host) {
    Origin origin = new Origin("http", host, 80, "");

    assertThrows(MalformedRequestException.class, () -> contexts.of(origin));
    assertThrows(MalformedRequestException.class, () -> contexts.of(origin));
  }
}
