package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.FormReader.PartVisitor;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.testkit.FormRecorder.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of type {@code multipart/form-data}, as the binding's form reader hands them over. */
abstract class HttpFormTests extends HttpStreamTests {
  private static final String TYPE_FIELD = "Content-Type: " + FormText.TYPE + "\r\n";
  private static final byte[] CONTENT = {0, '\r', '\n', '-', '-', (byte) 0xff, '\r', '\n'};

  @Test
  public void form_withFieldBeforeFile_isReadInItsOrder() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    RawResponse answer =
        post(new FormText().field("key", "a/b.zip").file("file", "b.zip", CONTENT).end());

    assertEquals("read", answer.text());
    assertEquals(
        List.of(Part.field("key", "a/b.zip"), Part.file("file", "b.zip", CONTENT)),
        recorder.parts());
  }

  @Test
  public void form_withFileBeforeField_isReadInItsOrder() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    RawResponse answer =
        post(new FormText().file("file", "b.zip", CONTENT).field("key", "a/b.zip").end());

    assertEquals("read", answer.text());
    assertEquals(
        List.of(Part.file("file", "b.zip", CONTENT), Part.field("key", "a/b.zip")),
        recorder.parts());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00fcber gro\u00df.zip", "\u66f4\u65b0.zip", "\ud83d\ude80.zip", "a b;c=d.zip"})
  public void form_withAFileNameOfAnyLanguage_keepsIt(String fileName) throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    RawResponse answer = post(new FormText().file("file", fileName, CONTENT).end());

    assertEquals("read", answer.text());
    assertEquals(List.of(Part.file("file", fileName, CONTENT)), recorder.parts());
  }

  @Test
  public void form_withUnicodeNameAndValue_keepsThem() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    post(new FormText().field("schl\u00fcssel", "\u66f4\u65b0 \ud83d\ude80").end());

    assertEquals(
        List.of(Part.field("schl\u00fcssel", "\u66f4\u65b0 \ud83d\ude80")), recorder.parts());
  }

  @Test
  public void form_withEmptyFileAndField_hasThemEmpty() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    RawResponse answer = post(new FormText().file("file", "a", new byte[0]).field("key", "").end());

    assertEquals("read", answer.text());
    assertEquals(
        List.of(Part.file("file", "a", new byte[0]), Part.field("key", "")), recorder.parts());
  }

  @Test
  public void form_withSeveralMegabytes_isReadByteByByte() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());
    byte[] large = new GeneratedStream(9_000_000).readAllBytes();

    RawResponse answer =
        post(new FormText().field("key", "a").file("file", "a", large).field("last", "z").end());

    assertEquals("read", answer.text());
    assertEquals(
        List.of(Part.field("key", "a"), Part.file("file", "a", large), Part.field("last", "z")),
        recorder.parts());
  }

  /** A file may contain what looks like the beginning of a boundary. */
  @Test
  public void form_withAlmostABoundaryInItsContent_isReadByteByByte() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());
    String nearly = "\r\n--" + FormText.BOUNDARY.substring(0, FormText.BOUNDARY.length() - 1);
    byte[] content = (nearly + "X" + "\r\n--\r\n-\r").repeat(500).getBytes(UTF_8);

    post(new FormText().file("file", "a", content).end());

    assertEquals(List.of(Part.file("file", "a", content)), recorder.parts());
  }

  @Test
  public void form_withQuotedBoundaryAndTextAround_isRead() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());
    byte[] body = new FormText().text("before\r\n").field("key", "a").text("").end();
    String type = "Content-Type: Multipart/Form-Data; boundary=\"" + FormText.BOUNDARY + "\"\r\n";

    RawResponse answer = post(type, body);

    assertEquals("read", answer.text());
    assertEquals(List.of(Part.field("key", "a")), recorder.parts());
  }

  @Test
  public void form_withRepeatedNames_hasEveryPart() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    post(new FormText().field("a", "1").field("b", "2").field("a", "3").end());

    assertEquals(
        List.of(Part.field("a", "1"), Part.field("b", "2"), Part.field("a", "3")),
        recorder.parts());
  }

  @Test
  public void form_whosePartsAreNotRead_goesOnWithTheNextPart() throws Exception {
    StringBuilder names = new StringBuilder();
    answerWith(
        request -> {
          readForm(request, part -> names.append(part.name()));
          return text(200, names.toString());
        });
    byte[] large = new GeneratedStream(300_000).readAllBytes();

    RawResponse answer = post(new FormText().file("a", "a", large).field("b", "x").end());

    assertEquals("ab", answer.text());
  }

  @Test
  public void form_isReadWhileItIsSent() throws Exception {
    CountDownLatch visited = new CountDownLatch(1);
    answerWith(
        request -> {
          readForm(
              request,
              part -> {
                int first = part.content().read();
                visited.countDown();
                assertEquals('0', first);
              });
          return text(200, "read");
        });
    byte[] body = new FormText().file("a", "a", "0".repeat(200_000).getBytes(UTF_8)).end();
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", TYPE_FIELD + "Content-Length: " + body.length + "\r\n");
      connection.send(Arrays.copyOf(body, 100_000));
      assertTrue(visited.await(30, TimeUnit.SECONDS), "the part is not handed over");
      connection.send(Arrays.copyOfRange(body, 100_000, body.length));

      assertEquals("read", connection.read("POST").text());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Type: application/json\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: multipart/mixed; boundary=" + FormText.BOUNDARY + "\r\n",
        "Content-Type: multipart/form-data\r\n",
        "Content-Type: multipart/form-data; boundary=\r\n",
        "Content-Type: multipart/form-data; boundary=another\r\n",
        "Content-Type: multipart/form-data; boundary==?UTF-8?B?a?=\r\n"
      })
  public void form_ofTheWrongType_isMalformed(String typeField) throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());

    RawResponse answer = post(typeField, new FormText().field("key", "a").end());

    assertEquals(400, answer.status(), answer.text());
    assertEquals(List.of(), recorder.parts());
  }

  static Stream<byte[]> malformedForms() {
    FormText none = new FormText();
    String part = "--" + FormText.BOUNDARY + "\r\n";
    String key = "Content-Disposition: form-data; name=\"key\"";
    return Stream.of(
        none.unended(),
        new FormText().text("no boundary anywhere").unended(),
        new FormText().text(part).unended(),
        new FormText().text(part + key).unended(),
        new FormText().text(part + key + "\r\n\r\nvalue").unended(),
        new FormText().field("key", "no end").unended(),
        new FormText().field("key", "a").text("--" + FormText.BOUNDARY).unended(),
        new FormText().field("key", "a").text("--" + FormText.BOUNDARY + "garbage").end(),
        new FormText().part("Content-Disposition: form-data", CONTENT).end(),
        new FormText().part("Content-Type: text/plain", CONTENT).end(),
        new FormText().part("nonsense", CONTENT).end(),
        new FormText().part("", CONTENT).end(),
        new FormText().part(key + "\r\nX-Long: " + "x".repeat(100_000), CONTENT).end(),
        new FormText().file("file", "a\0b", CONTENT).end(),
        new FormText().file("file", "=?UTF-8?B?a?=", CONTENT).end(),
        new FormText().text("x".repeat(300_000)).unended());
  }

  @ParameterizedTest
  @MethodSource("malformedForms")
  public void form_malformed_isRefusedWithAReason(byte[] body) throws Exception {
    answerWith(new FormRecorder());

    RawResponse answer = post(body);

    assertEquals(400, answer.status(), answer.text());
    assertFalse(answer.text().isBlank());
    answerWith(new FormRecorder());
    assertEquals(200, post(new FormText().field("key", "a").end()).status());
  }

  /** A million parts of one byte each are not what a form is for. */
  @Test
  public void form_withVeryManyParts_isRefused() throws Exception {
    FormRecorder recorder = answerWith(new FormRecorder());
    FormText form = new FormText();
    for (int i = 0; i < 20_000; i++) {
      form.field("a", "");
    }

    assertEquals(400, post(form.end()).status());

    assertTrue(recorder.parts().size() < 10_000);
  }

  @Test
  public void form_cutOffByTheClient_isNeverRead() throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    answerWith(
        request -> {
          FormRecorder recorder = new FormRecorder();
          HttpResponse answer = recorder.handle(request);
          outcome.complete(answer.status() + " " + recorder.parts());
          return answer;
        });
    byte[] body = new FormText().file("file", "a", new byte[100_000]).end();
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", TYPE_FIELD + "Content-Length: " + body.length + "\r\n");
      connection.send(Arrays.copyOf(body, 50_000)).endRequest();

      String found = outcome.get(30, TimeUnit.SECONDS);
      assertTrue(List.of("400 []", "422 []").contains(found), found);
    }
  }

  /**
   * A storage makes its own exception of a stream that breaks off; the client is still to blame.
   */
  @Test
  public void form_malformedInAPart_isMalformedWhateverTheVisitorMakesOfIt() throws Exception {
    answerWith(
        request -> {
          try {
            readForm(
                request,
                part -> {
                  try {
                    part.content().readAllBytes();
                  } catch (IOException e) {
                    throw new UncheckedIOException("cannot be stored", e);
                  }
                });
            return text(200, "read");
          } catch (MalformedRequestException e) {
            return text(400, "malformed");
          }
        });

    assertEquals("malformed", post(new FormText().file("file", "a", CONTENT).unended()).text());
  }

  @Test
  public void form_whoseVisitorFails_failsWithTheSame() throws Exception {
    answerWith(
        request -> {
          try {
            request
                .formReader()
                .orElseThrow()
                .read(
                    request,
                    part -> {
                      if (part.name().equals("io")) {
                        throw new IOException("disk full");
                      }
                      throw new UncheckedIOException("no such bucket", new IOException());
                    });
            return text(200, "read");
          } catch (IOException | UncheckedIOException e) {
            return text(503, String.valueOf(e.getMessage()));
          }
        });

    assertEquals("disk full", post(new FormText().field("io", "a").end()).text());
    assertEquals("no such bucket", post(new FormText().field("a", "a").end()).text());
  }

  private RawResponse post(byte[] body) throws IOException {
    return post(TYPE_FIELD, body);
  }

  private RawResponse post(String typeField, byte[] body) throws IOException {
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", typeField + "Content-Length: " + body.length + "\r\n");
      return connection.send(body).read("POST");
    }
  }

  private static void readForm(HttpRequest request, PartVisitor visitor) {
    try {
      request.formReader().orElseThrow().read(request, visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
