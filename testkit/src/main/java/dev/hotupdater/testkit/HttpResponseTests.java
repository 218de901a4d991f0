package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client is given of an answer. */
abstract class HttpResponseTests extends HttpRequestTests {
  /** A server that puts a page of its own in the place of an error hides what is wrong. */
  @ParameterizedTest
  @ValueSource(
      ints = {200, 201, 202, 206, 301, 400, 401, 403, 404, 405, 409, 412, 413, 416, 500, 503})
  public void answer_ofAnyStatus_isPassedOnWithItsBody(int status) throws Exception {
    String json = "{\"error\":\"\u00fcber " + status + "\"}";
    answerWith(HttpResponse.status(status).json(json));

    RawResponse answer = get("/a");

    assertEquals(status, answer.status());
    assertEquals(json, answer.text());
    assertEquals("application/json", answer.header("Content-Type"));
    assertEquals("" + json.getBytes(UTF_8).length, answer.header("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  public void answer_ofAStatusWithoutBody_endsAfterItsHeaders(int status) throws Exception {
    answerWith(HttpResponse.status(status).header("ETag", "\"a\""));
    try (RawConnection connection = connect()) {
      RawResponse answer = connection.exchange("GET", "/a", "");

      assertEquals(status, answer.status());
      assertEquals("\"a\"", answer.header("ETag"));
      assertEquals(Optional.empty(), answer.headers().first("Content-Type"));
      assertEquals(Optional.empty(), answer.headers().first("Content-Length"));
      assertEquals(Optional.empty(), answer.headers().first("Transfer-Encoding"));
      assertFindsNothingLeftOn(connection);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  public void body_ofAStatusWithoutBody_isClosedUnread(int status) throws Exception {
    GeneratedStream stream = new GeneratedStream(1000);
    answerWith(HttpResponse.status(status).body(HttpBody.of(stream, 1000)));
    try (RawConnection connection = connect()) {
      assertEquals(status, connection.exchange("GET", "/a", "").status());

      assertTrue(stream.isSoonClosed());
      assertEquals(0, stream.position());
      assertFindsNothingLeftOn(connection);
    }
  }

  @Test
  public void answer_withoutBody_hasLengthZero() throws Exception {
    answerWith(HttpResponse.status(200));
    try (RawConnection connection = connect()) {
      RawResponse answer = connection.exchange("GET", "/a", "");

      assertEquals("0", answer.header("Content-Length"));
      assertEquals(Optional.empty(), answer.headers().first("Content-Type"));
      assertFindsNothingLeftOn(connection);
    }
  }

  @Test
  public void header_ofAnAnswer_isPassedOn() throws Exception {
    Map<String, String> fields =
        Map.of(
            "Cache-Control", "public, max-age=31536000, immutable",
            "Vary", "Hot-Updater-SDK-Version",
            "ETag", "W/\"a,b\"",
            "Accept-Ranges", "bytes",
            "Content-Range", "bytes 0-2/10",
            "Content-Disposition", "attachment; filename=\"a b.zip\"",
            "Content-Encoding", "br",
            "Location", "https://example.com/a?b=%2F",
            "WWW-Authenticate", "Bearer",
            "X-Checksum", "a=b; c=\"d\"");
    HttpResponse.Builder answer = HttpResponse.status(206).body(HttpBody.of(new byte[3]));
    fields.forEach(answer::header);
    answerWith(answer);

    RawResponse received = get("/a");

    fields.forEach((name, value) -> assertEquals(value, received.header(name), name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/zip",
        "application/octet-stream",
        "text/plain",
        "text/html",
        "text/plain;charset=utf-8",
        "application/javascript"
      })
  public void contentType_ofAnAnswer_getsNothingAdded(String type) throws Exception {
    answerWith(HttpResponse.status(200).header("Content-Type", type).body(HttpBody.of(bytes())));

    assertEquals(type, get("/a").header("Content-Type"));
  }

  @Test
  public void body_ofAllByteValues_isSentUnchanged() throws Exception {
    answerWith(
        HttpResponse.status(200).header("Content-Type", "text/plain").body(HttpBody.of(bytes())));

    assertArrayEquals(bytes(), get("/a").body());
  }

  @Test
  public void head_ofAnAnswerWithBody_hasTheHeadersOnly() throws Exception {
    String json = "{\"data\":[]}";
    answerWith(HttpResponse.status(200).header("ETag", "\"a\"").json(json));
    try (RawConnection connection = connect()) {
      RawResponse answer = connection.exchange("HEAD", "/a", "");

      assertEquals(200, answer.status());
      assertEquals("" + json.length(), answer.header("Content-Length"));
      assertEquals("application/json", answer.header("Content-Type"));
      assertEquals("\"a\"", answer.header("ETag"));
      assertFindsNothingLeftOn(connection);
    }
  }

  @Test
  public void head_ofALargeFile_tellsItsLengthAndReadsNothing() throws Exception {
    long length = 5_000_000_000L;
    GeneratedStream stream = new GeneratedStream(length);
    answerWith(HttpResponse.status(200).body(HttpBody.of(stream, length)));
    try (RawConnection connection = connect()) {
      RawResponse answer = connection.exchange("HEAD", "/a", "");

      assertEquals("" + length, answer.header("Content-Length"));
      assertTrue(stream.isSoonClosed());
      assertEquals(0, stream.position());
      assertFindsNothingLeftOn(connection);
    }
  }

  @Test
  public void head_ofAnError_isAnswered() throws Exception {
    answerWith(HttpResponse.status(404).json("{\"error\":\"Not found\"}"));
    try (RawConnection connection = connect()) {
      RawResponse answer = connection.exchange("HEAD", "/a", "");

      assertEquals(404, answer.status());
      assertEquals("21", answer.header("Content-Length"));
      assertFindsNothingLeftOn(connection);
    }
  }

  /** Whatever of a body is left would be taken for the beginning of the next answer. */
  private void assertFindsNothingLeftOn(RawConnection connection) throws IOException {
    answerWith(HttpResponse.status(200).body(HttpBody.of("next".getBytes(UTF_8))));
    RawResponse next = connection.exchange("GET", "/b", "");
    assertEquals(200, next.status());
    assertEquals("next", next.text());
    assertFalse(next.headers().first("ETag").isPresent());
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }
}
