package dev.hotupdater.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizedBodyTest {
  private static final byte[] CONTENT = {1, 2, 3, 4, -1};

  private static RouteRequest request(InputStream body, String... declared) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    for (String length : declared) {
      headers.add("Content-Length", length);
    }
    return new RouteRequest(
        HttpRequest.builder("PUT", "/").body(body).headers(headers.build()).build(), Map.of());
  }

  private static RouteRequest request(String... declared) {
    return request(new ByteArrayInputStream(CONTENT), declared);
  }

  @Test
  void read_bodyOfTheSize_givesItsBytes() throws IOException {
    try (SizedBody body = SizedBody.of(request("5"), 5)) {
      assertArrayEquals(CONTENT, body.readAllBytes());
      assertEquals(-1, body.read());
    }
  }

  @Test
  void read_byteByByte_givesItsBytes() throws IOException {
    try (SizedBody body = SizedBody.of(request(), 5)) {
      for (byte expected : CONTENT) {
        assertEquals(expected & 0xff, body.read());
      }
      assertEquals(-1, body.read());
    }
  }

  @Test
  void read_largerBody_isTooLarge() throws IOException {
    try (SizedBody body = SizedBody.of(request(), 4)) {
      assertThrows(BodyTooLargeException.class, body::readAllBytes);
    }
  }

  @Test
  void read_smallerBody_isMalformed() throws IOException {
    try (SizedBody body = SizedBody.of(request(), 6)) {
      MalformedRequestException failure =
          assertThrows(MalformedRequestException.class, body::readAllBytes);
      assertEquals("The request body has 5 bytes instead of 6.", failure.getMessage());
    }
  }

  @Test
  void read_bodyThatBreaksOff_isMalformed() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset by peer");
          }
        };
    try (SizedBody body = SizedBody.of(request(broken), 5)) {
      assertThrows(MalformedRequestException.class, body::readAllBytes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6", "999999999999999999", "99999999999999999999999"})
  void of_largerDeclaredLength_isTooLarge(String declared) {
    assertThrows(BodyTooLargeException.class, () -> SizedBody.of(request(declared), 5));
  }

  @Test
  void of_smallerDeclaredLength_isMalformed() {
    assertThrows(MalformedRequestException.class, () -> SizedBody.of(request("4"), 5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "many", "\u0664\u0664\u0664\u0664"})
  void of_declaredLengthThatIsNoNumber_countsTheBytes(String declared) throws IOException {
    try (SizedBody body = SizedBody.of(request(declared), 5)) {
      assertArrayEquals(CONTENT, body.readAllBytes());
    }
  }
}
