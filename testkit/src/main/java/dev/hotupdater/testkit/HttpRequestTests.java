package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler is given of a request. */
abstract class HttpRequestTests extends HttpBindingFixture {
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  public void method_anyStandardOne_reachesTheHandler(String method) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, exchange(method, "/a", "Content-Length: 0\r\n").status());

    assertEquals(method, recorder.request().method());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
  public void body_ofAnyMethod_arrives(String method) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    RawResponse answer = send(method, "", "{\"a\":1}".getBytes(UTF_8));

    assertEquals("{\"a\":1}", answer.text());
    assertEquals("{\"a\":1}", new String(recorder.body(), UTF_8));
    assertEquals(Optional.of("7"), recorder.request().header("Content-Length"));
  }

  @Test
  public void body_absent_isEmpty() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    get("/a");

    assertEquals(0, recorder.body().length);
  }

  @Test
  public void body_ofAllByteValues_arrivesUnchanged() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());
    byte[] body = allByteValues();

    RawResponse answer = send("POST", "Content-Type: text/plain; charset=utf-16\r\n", body);

    assertArrayEquals(body, recorder.body());
    assertArrayEquals(body, answer.body());
  }

  @Test
  public void body_chunked_arrivesWhole() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", "Transfer-Encoding: chunked\r\n");
      connection.send("3\r\nabc\r\n").send("a;name=value\r\n0123456789\r\n").send("0\r\n\r\n");

      assertEquals("abc0123456789", connection.read("POST").text());
    }
    assertEquals("abc0123456789", new String(recorder.body(), UTF_8));
  }

  /** Many a framework reads such a body to find parameters in it. */
  @Test
  public void body_likeAnHtmlForm_isLeftForTheHandler() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    send("POST", "Content-Type: application/x-www-form-urlencoded\r\n", "a=1&b=2".getBytes(UTF_8));

    assertEquals("a=1&b=2", new String(recorder.body(), UTF_8));
    assertEquals("", recorder.request().rawQuery());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "/a/",
        "/a/b/c",
        "/a%20b",
        "/%E2%9C%93",
        "/a+b%2Bc",
        "/%3Fa%23b",
        "/a%3Bb",
        "/a;b=c",
        "/a;b=c/d",
        "/a:b@c,d$e!f'g(h)*i~j-k._l&m=n",
        "/%61",
        "/%c3%a9%C3%A9"
      })
  public void path_valid_arrivesAsItCame(String path) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, get(path).status());

    assertEquals(path, recorder.request().rawPath());
  }

  /**
   * A channel, a cohort and the key of a file may hold any character, and be left out by mistake.
   * Some servers refuse these paths by default and have a setting for it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%2Fb",
        "/a%2fb/c",
        "/%2F",
        "/a%5Cb",
        "/100%25",
        "/a%252Fb",
        "/a%2Fb%25c%5Cd",
        "/a//b"
      })
  public void path_thatServersAreWaryOf_arrivesAsItCame(String path) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, get(path).status());

    assertEquals(path, recorder.request().rawPath());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//a",
        "/a/./b",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a/..;/b",
        "/a/..%2Fb",
        "/../a",
        "/..",
        "/a/..",
        "/a%00",
        "/a%01%7f",
        "/%",
        "/a%",
        "/a%4",
        "/%zz",
        "/%u0041",
        "/%C3%28",
        "/%C0%AE%C0%AE/a",
        "/%ED%A0%80",
        "/a\\b",
        "/a\"b<c>d|e",
        "/a#b"
      })
  public void path_oddOrBroken_arrivesAsItCameOrIsRefused(String path) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    int status = get(path).status();

    if (recorder.isEmpty()) {
      assertRefused(status);
    } else {
      assertEquals(path, recorder.request().rawPath());
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a=1",
        "a=1&a=2&b=3",
        "a=&b",
        "a=b?c=/d",
        "q=%E2%9C%93+x%2By",
        "a=1&&b=2&",
        "a=%26%3D",
        "a%5B%5D=1",
        "=1",
        "a=;b"
      })
  public void query_valid_arrivesAsItCame(String query) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, get("/a?" + query).status());

    assertEquals(query, recorder.request().rawQuery());
    assertEquals("/a", recorder.request().rawPath());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "/a?"})
  public void query_absentOrEmpty_isEmptyText(String target) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, get(target).status());

    assertEquals("", recorder.request().rawQuery());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%", "a=%zz", "a=%00", "a=%C3%28", "a=b|c", "a={}", "%=%"})
  public void query_oddOrBroken_arrivesAsItCameOrIsRefused(String query) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    int status = get("/a?" + query).status();

    if (recorder.isEmpty()) {
      assertRefused(status);
    } else {
      assertEquals(query, recorder.request().rawQuery());
    }
    assertStillServing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/\u00e9", "/a?b=\u00e9", "/\u00c3\u00a9", "/a?b=\u00c3\u00a9"})
  public void target_withBytesBeyondAscii_isNoFailure(String target) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    int status = get(target).status();

    if (recorder.isEmpty()) {
      assertRefused(status);
    } else {
      assertEquals(200, status);
    }
    assertStillServing();
  }

  @Test
  public void header_inAnyCase_isFound() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    exchange("GET", "/a", "hOT-uPDATER-sdk-vERSION: 0.31.0\r\n");

    assertEquals(Optional.of("0.31.0"), recorder.request().header("Hot-Updater-SDK-Version"));
    assertEquals(Optional.of("0.31.0"), recorder.request().header("hot-updater-sdk-version"));
  }

  @Test
  public void header_repeated_keepsItsValuesInOrder() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    exchange("GET", "/a", "X-Many: one\r\nX-Other: x\r\nx-many: two, three\r\nX-MANY: \r\n");

    assertEquals(List.of("one", "two, three", ""), recorder.request().headers().all("X-Many"));
  }

  /** While a request is answered, its headers may be looked up in what the server has of it. */
  @Test
  public void headers_askedForWhileTheRequestIsAnswered_areFound() throws Exception {
    answerWith(
        request -> {
          HttpHeaders headers = request.headers();
          List<String> named = new ArrayList<>();
          headers.forEach((name, value) -> named.add(name.toLowerCase(Locale.ROOT) + "=" + value));
          named.retainAll(List.of("x-many=one", "x-many=two, three", "x-single=x"));
          return text(
              200,
              headers.first("X-MANY").orElse("none")
                  + headers.all("x-Many")
                  + headers.first("x-single").orElse("none")
                  + headers.all("X-Single")
                  + headers.first("X-Absent").isPresent()
                  + headers.all("X-Absent")
                  + named.stream().sorted().toList());
        });

    RawResponse answer =
        exchange("GET", "/a", "X-Many: one\r\nX-Single: x\r\nx-many: two, three\r\n");

    assertEquals(
        "one[one, two, three]x[x]false[][x-many=one, x-many=two, three, x-single=x]",
        answer.text());
  }

  /** The bytes are UTF-8 here, but servers may take them for Latin-1. */
  @ParameterizedTest
  @ValueSource(strings = {"caf\u00c3\u00a9", "\u00c3\u0080", "\u00e6\u009b\u00b4"})
  public void header_withBytesBeyondAscii_arrives(String value) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, exchange("GET", "/a", "X-Odd: " + value + "\r\n").status());

    assertTrue(recorder.request().header("X-Odd").isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000b", "a\u0001b", "a\u001fb", "a\u007fb", "a\rb"})
  public void header_withControlCharacter_arrivesOrIsRefused(String value) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    int status = exchange("GET", "/a", "X-Odd: " + value + "\r\n").status();

    if (recorder.isEmpty()) {
      assertRefused(status);
    } else {
      assertTrue(recorder.request().header("X-Odd").isPresent());
    }
    assertStillServing();
  }

  @Test
  public void baseUri_isTheOneThatTheClientUsed() throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    get("/a/b?c");

    assertEquals(Optional.of(base()), recorder.request().context().baseUri());
  }

  @ParameterizedTest
  @ValueSource(strings = {"updates.example.com", "updates.example.com:8443", "[::1]:81"})
  public void baseUri_followsTheHostHeader(String host) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    assertEquals(200, sendWithHost(host));

    assertEquals(
        Optional.of(URI.create("http://" + host + base().getRawPath())),
        recorder.request().context().baseUri());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a b", "a%zz", "a\"b", "<a>", "a/b", "a@b", "a:b", "a:99999", "[::1", "a_b", "\u00e9"
      })
  public void baseUri_ofAnOddHostHeader_isNoFailure(String host) throws Exception {
    RequestRecorder recorder = answerWith(new RequestRecorder());

    int status = sendWithHost(host);

    if (recorder.isEmpty()) {
      assertRefused(status);
    } else {
      assertEquals(200, status);
    }
    assertStillServing();
  }

  private int sendWithHost(String host) throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          "GET "
              + base().getRawPath()
              + "/a HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: close\r\n\r\n");
      return connection.read("GET").status();
    }
  }

  private RawResponse send(String method, String fields, byte[] body) throws IOException {
    try (RawConnection connection = connect()) {
      connection.sendHead(method, "/a", fields + "Content-Length: " + body.length + "\r\n");
      return connection.send(body).read(method);
    }
  }

  private static byte[] allByteValues() {
    byte[] bytes = new byte[512];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static void assertRefused(int status) {
    assertTrue(status >= 400 && status < 500, "status of a request that is refused: " + status);
  }

  private void assertStillServing() throws IOException {
    answerWith(new RequestRecorder());
    assertEquals(200, get("/a").status());
  }
}
