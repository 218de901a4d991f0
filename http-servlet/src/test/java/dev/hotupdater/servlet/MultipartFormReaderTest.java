package dev.hotupdater.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.BodyTooLargeException;
import dev.hotupdater.http.FormReader.PartVisitor;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.MalformedRequestException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartFormReaderTest {
  private static final String TYPE = "multipart/form-data; boundary=b";
  private static final PartVisitor IGNORE = part -> {};

  @ParameterizedTest
  @CsvSource({
    "'form-data; name=file; filename=a.zip',                            a.zip",
    "'form-data; name=\"file\"; filename=\"a;b=c.zip\"',                a;b=c.zip",
    "'FORM-DATA; NAME=\"file\"; FILENAME=\"A.zip\"',                    A.zip",
    "'form-data; name=\"file\"; filename*=UTF-8''''%e6%9b%b4.zip',      \u66f4.zip",
    "'form-data; name=\"file\"; filename=\"\u66f4.zip\"',               \u66f4.zip",
    "'form-data; name=\"file\"; filename=\"../../etc/passwd\"',         ../../etc/passwd",
    "'form-data; name=\"file\"; filename=\"C:\\a.zip\"',                C:\\a.zip",
    "'form-data; name=\"file\"; filename=\"\"',                         ''",
    "'form-data; name=\"file\";\r\n filename=\"folded.zip\"',           folded.zip"
  })
  void fileName_inAnyNotation_isRead(String disposition, String fileName) throws IOException {
    List<String> found = new ArrayList<>();
    read(
        "--b\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--b--",
        part -> found.add(part.name() + " " + part.fileName().orElse("(none)")));

    assertEquals(List.of("file " + fileName), found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "form-data; name=\"a\"; filename=\"=?UTF-8?B?a?=\"",
        "form-data; name=\"=?UTF-8?B?a?=\"",
        "form-data; name=\"a\0b\"",
        "form-data; name=\"a\"; filename*=UTF-8''a%00b",
        "form-data; name=\"\"",
        "form-data",
        "attachment; name=\"a\"",
        ""
      })
  void disposition_thatNamesNoField_isMalformed(String disposition) {
    String body = "--b\r\nContent-Disposition: " + disposition + "\r\n\r\nx\r\n--b--";

    assertThrows(MalformedRequestException.class, () -> read(body, IGNORE));
  }

  @Test
  void parts_beyondTheLimit_areMalformed() throws IOException {
    String part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n";

    read(part.repeat(MultipartFormReader.MAX_PARTS) + "--b--", IGNORE);

    String more = part.repeat(MultipartFormReader.MAX_PARTS + 1) + "--b--";
    assertThrows(MalformedRequestException.class, () -> read(more, IGNORE));
  }

  @Test
  void head_beyondTheLimit_isMalformed() {
    String head =
        "--b\r\nContent-Disposition: form-data; name=a\r\nX: "
            + "x".repeat(MultipartFormReader.MAX_PART_HEAD_BYTES);
    InputStream body =
        new SequenceInputStream(
            new ByteArrayInputStream(head.getBytes(UTF_8)), new NumberedBlocks(Long.MAX_VALUE));

    assertThrows(
        MalformedRequestException.class,
        () -> new MultipartFormReader().read(request(TYPE, body), IGNORE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 70, 71, 5000})
  void boundary_ofMoreThan70Characters_isMalformed(int length) throws IOException {
    String boundary = "b".repeat(length);
    String body =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--"
            + boundary
            + "--";
    HttpRequest request =
        request(
            "multipart/form-data; boundary=" + boundary,
            new ByteArrayInputStream(body.getBytes(UTF_8)));

    if (length <= 70) {
      List<String> names = new ArrayList<>();
      new MultipartFormReader().read(request, part -> names.add(part.name()));
      assertEquals(List.of("a"), names);
    } else {
      assertThrows(
          MalformedRequestException.class, () -> new MultipartFormReader().read(request, IGNORE));
    }
  }

  /** A route wraps the body to limit it; a visitor makes something else of every exception. */
  @Test
  void body_refusedWhileAPartIsRead_failsWithTheRefusal() {
    BodyTooLargeException refusal = new BodyTooLargeException(1);
    InputStream body =
        new SequenceInputStream(
            new ByteArrayInputStream(
                "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nxyz".getBytes(UTF_8)),
            new ThrowingStream(refusal));

    BodyTooLargeException thrown =
        assertThrows(
            BodyTooLargeException.class,
            () ->
                new MultipartFormReader()
                    .read(
                        request(TYPE, body),
                        part -> {
                          try {
                            part.content().readAllBytes();
                          } catch (RuntimeException e) {
                            throw new IllegalStateException("cannot be stored", e);
                          }
                        }));

    assertSame(refusal, thrown);
  }

  @Test
  void part_whoseVisitorFails_isNotReadToItsEnd() {
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(
                "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n".getBytes(UTF_8)),
            new NumberedBlocks(Long.MAX_VALUE));

    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                new MultipartFormReader()
                    .read(
                        request(TYPE, endless),
                        part -> {
                          throw new IOException("disk full");
                        }));

    assertEquals("disk full", thrown.getMessage());
  }

  @Test
  void anyForm_inAnyPieces_isReadByteByByte() throws IOException {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println("MultipartFormReaderTest: -Dhotupdater.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      RandomForm form = RandomForm.create(random);
      List<String> found = new ArrayList<>();
      new MultipartFormReader()
          .read(
              request(TYPE, new SmallPieces(form.body(), random)),
              part ->
                  found.add(
                      part.name() + "=" + new String(part.content().readAllBytes(), ISO_8859_1)));
      assertEquals(form.parts(), found, "hotupdater.seed=" + seed + ", round " + round);
    }
  }

  @Test
  void anyBytes_areReadOrMalformed() throws IOException {
    long seed = Long.getLong("hotupdater.seed", System.nanoTime());
    System.out.println("MultipartFormReaderTest: -Dhotupdater.seed=" + seed);
    Random random = new Random(seed);
    int malformed = 0;
    for (int round = 0; round < 20_000; round++) {
      String report = "hotupdater.seed=" + seed + ", round " + round;
      byte[] body = RandomForm.create(random).damaged(random);
      try {
        new MultipartFormReader()
            .read(
                request(TYPE, new ByteArrayInputStream(body)),
                part -> part.content().readAllBytes());
      } catch (MalformedRequestException e) {
        malformed++;
      } catch (RuntimeException | IOException e) {
        throw new AssertionError(report, e);
      }
    }
    assertTrue(malformed > 1_000, "hotupdater.seed=" + seed + ": " + malformed);
  }

  private static void read(String body, PartVisitor visitor) throws IOException {
    new MultipartFormReader()
        .read(request(TYPE, new ByteArrayInputStream(body.getBytes(UTF_8))), visitor);
  }

  private static HttpRequest request(String type, InputStream body) {
    return HttpRequest.builder("POST", "/upload")
        .headers(HttpHeaders.builder().add("Content-Type", type).build())
        .body(body)
        .build();
  }

  /** A stream that gives a few bytes at a time, as a slow connection does. */
  private static final class SmallPieces extends FilterInputStream {
    private final Random random;

    SmallPieces(byte[] bytes, Random random) {
      super(new ByteArrayInputStream(bytes));
      this.random = random;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(40)));
    }
  }

  /** A stream that refuses to be read. */
  private static final class ThrowingStream extends InputStream {
    private final RuntimeException refusal;

    ThrowingStream(RuntimeException refusal) {
      this.refusal = refusal;
    }

    @Override
    public int read() {
      throw refusal;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      throw refusal;
    }
  }
}
