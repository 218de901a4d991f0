package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are large, slow, cut off or sent by many clients at once. */
abstract class HttpStreamTests extends HttpResponseTests {
  private static final int MEGABYTE = 1024 * 1024;

  private static long largeSize() {
    return Long.getLong(HttpBindingContract.STREAM_MEGABYTES, 64) * MEGABYTE + 7;
  }

  @Test
  public void download_large_arrivesByteByByte() throws Exception {
    long size = largeSize();
    GeneratedStream stream = new GeneratedStream(size);
    answerWith(HttpResponse.status(200).body(HttpBody.of(stream, size)));

    try (InputStream body = client().send(to("/a").build(), BodyHandlers.ofInputStream()).body()) {
      assertEquals(Checksum.of(new GeneratedStream(size)), Checksum.of(body));
    }
    assertTrue(stream.isSoonClosed());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  public void upload_large_arrivesByteByByte(boolean announced) throws Exception {
    long size = largeSize();
    answerWith(HttpStreamTests::checksumOfBody);
    BodyPublisher body = BodyPublishers.ofInputStream(() -> new GeneratedStream(size));
    if (announced) {
      body = BodyPublishers.fromPublisher(body, size);
    }

    String answer = client().send(to("/a").PUT(body).build(), BodyHandlers.ofString()).body();

    assertEquals(Checksum.of(new GeneratedStream(size)).toString(), answer);
  }

  @Test
  public void download_isUnderWayWhileItIsRead() throws Exception {
    int half = 2 * MEGABYTE;
    CountDownLatch firstHalfArrived = new CountDownLatch(1);
    InputStream secondHalf = new WaitingStream(new GeneratedStream(half), firstHalfArrived);
    InputStream whole = new SequenceInputStream(new GeneratedStream(half), secondHalf);
    answerWith(HttpResponse.status(200).body(HttpBody.of(whole, 2L * half)));
    try (RawConnection connection = connect()) {
      connection.sendHead("GET", "/a", "");
      assertEquals(200, connection.readStatus());
      connection.readHeaders();

      // What is in buffers on the way may come with the second half.
      connection.readBytes(half - MEGABYTE);
      firstHalfArrived.countDown();

      connection.readBytes(half + MEGABYTE);
    }
  }

  @Test
  public void upload_isUnderWayWhileItIsSent() throws Exception {
    CountDownLatch firstHalfArrived = new CountDownLatch(1);
    answerWith(
        request -> {
          byte[] first = readBytes(request, 5);
          firstHalfArrived.countDown();
          byte[] second = readBytes(request, 5);
          return text(200, new String(first, UTF_8) + new String(second, UTF_8));
        });
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", "Content-Length: 10\r\n").send("01234");
      assertTrue(firstHalfArrived.await(30, TimeUnit.SECONDS), "the first half is not handed over");

      assertEquals("0123456789", connection.send("56789").read("POST").text());
    }
  }

  @Test
  public void download_fromAClientThatLeaves_isClosed() throws Exception {
    long endless = Long.MAX_VALUE / 2;
    GeneratedStream aborted = new GeneratedStream(endless);
    answerWith(HttpResponse.status(200).body(HttpBody.of(aborted, endless)));
    try (RawConnection connection = connect()) {
      connection.sendHead("GET", "/a", "").readStatus();
      connection.abort();
    }
    GeneratedStream ended = new GeneratedStream(endless);
    answerWith(HttpResponse.status(200).body(HttpBody.of(ended, endless)));
    try (RawConnection connection = connect()) {
      connection.sendHead("GET", "/a", "").readStatus();
    }

    assertTrue(aborted.isSoonClosed(), "closed after the connection was dropped");
    assertTrue(ended.isSoonClosed(), "closed after the connection was ended");
  }

  @Test
  public void download_thatBreaksOff_doesNotLookWhole() throws Exception {
    GeneratedStream content = new GeneratedStream(MEGABYTE);
    answerWith(HttpResponse.status(200).body(HttpBody.of(new BrokenStream(content), MEGABYTE * 2)));
    try (RawConnection connection = connect()) {
      assertEquals(OptionalInt.empty(), connection.statusIfWhole("GET", "/a"));
    }
    assertTrue(content.isSoonClosed());
  }

  @Test
  public void download_shorterThanAnnounced_doesNotLookWhole() throws Exception {
    GeneratedStream content = new GeneratedStream(MEGABYTE);
    answerWith(HttpResponse.status(200).body(HttpBody.of(content, MEGABYTE + 1)));
    try (RawConnection connection = connect()) {
      assertEquals(OptionalInt.empty(), connection.statusIfWhole("GET", "/a"));
    }
    assertTrue(content.isSoonClosed());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  public void download_thatBreaksOffAtOnce_isAFailure(int bytes) throws Exception {
    GeneratedStream content = new GeneratedStream(bytes);
    answerWith(HttpResponse.status(200).body(HttpBody.of(new BrokenStream(content), 100)));
    try (RawConnection connection = connect()) {
      int status = connection.statusIfWhole("GET", "/a").orElse(500);

      assertTrue(status >= 500, "status of an answer without its body: " + status);
    }
    assertTrue(content.isSoonClosed());
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: 100,        0123456789",
    "Transfer-Encoding: chunked, '64\r\n0123456789'",
    "Transfer-Encoding: chunked, 'a\r\n0123456789\r\n'"
  })
  public void upload_cutOff_cannotBeReadToAnEnd(String field, String body) throws Exception {
    CompletableFuture<String> outcome = new CompletableFuture<>();
    answerWith(
        request -> {
          try {
            outcome.complete(request.body().readAllBytes().length + " bytes");
          } catch (IOException e) {
            outcome.complete("cut off");
          }
          return HttpResponse.json(400, "{}");
        });
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", field + "\r\n").send(body);
      connection.endRequest();

      assertEquals("cut off", outcome.get(30, TimeUnit.SECONDS));
    }
  }

  /** As when a file is too large, or the token is missing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10000000000",
        "Content-Length: 1000000",
        "Content-Length: 1000000\r\nExpect: 100-continue",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nExpect: 100-continue"
      })
  public void upload_refusedUnread_isAnsweredBeforeItIsSent(String fields) throws Exception {
    answerWith(HttpResponse.status(413).json("{\"error\":\"Too large\"}"));
    try (RawConnection connection = connect()) {
      // Servers give up on a client that sends nothing, and answer then: too late.
      connection.patience(Duration.ofSeconds(10)).sendHead("POST", "/a", fields + "\r\n");

      RawResponse answer = connection.read("POST");

      assertEquals(413, answer.status());
      assertEquals("{\"error\":\"Too large\"}", answer.text());
    }
  }

  @Test
  public void upload_refusedUnreadWithoutABody_isAnsweredBeforeItIsSent() throws Exception {
    answerWith(HttpResponse.status(403));
    try (RawConnection connection = connect()) {
      connection.patience(Duration.ofSeconds(10)).sendHead("PUT", "/a", "Content-Length: 1000\r\n");

      assertEquals(403, connection.read("PUT").status());
    }
  }

  /** Many clients read no answer before they have sent everything, or have failed to. */
  @ParameterizedTest
  @ValueSource(ints = {500, 36_000, 2_000_000})
  public void upload_refusedUnread_isAnsweredToAClientThatSendsOn(int size) throws Exception {
    answerWith(HttpResponse.status(401).json("{}"));
    for (int i = 0; i < 10; i++) {
      BodyPublisher body = BodyPublishers.ofInputStream(() -> new GeneratedStream(size));
      for (BodyPublisher either : List.of(body, BodyPublishers.fromPublisher(body, size))) {
        var answer = client().send(to("/a").POST(either).build(), BodyHandlers.ofString());

        assertEquals(401, answer.statusCode());
        assertEquals("{}", answer.body());
      }
    }
  }

  /** A server may end the connection, but must not take the rest of a body for a request. */
  @Test
  public void upload_leftUnread_isNotTakenForARequest() throws Exception {
    answerWith(HttpResponse.status(401).json("{}"));
    String body = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20);
    RequestRecorder recorder = new RequestRecorder();
    try (RawConnection connection = connect()) {
      connection.sendHead("POST", "/a", "Content-Length: " + body.length() + "\r\n").send(body);
      assertEquals(401, connection.read("POST").status());

      answerWith(recorder);
      assertEquals(200, connection.statusIfWhole("GET", "/next").orElse(200));
    }
    if (!recorder.isEmpty()) {
      assertEquals("/next", recorder.request().rawPath());
    }
  }

  @Test
  public void requests_fromManyClients_getTheirOwnAnswers() throws Exception {
    answerWith(
        request -> {
          String body = new String(readBytes(request, Integer.MAX_VALUE), UTF_8);
          String path = request.rawPath();
          return HttpResponse.status(200)
              .header("X-Path", path)
              .body(HttpBody.of((path + "?" + request.rawQuery() + " " + body).getBytes(UTF_8)))
              .build();
        });
    ExecutorService clients = Executors.newFixedThreadPool(16);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        String name = "client-" + i;
        running.add(clients.submit(() -> IntStream.range(0, 25).forEach(n -> post(name, n))));
      }
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      clients.shutdownNow();
      assertTrue(clients.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  /** What is in memory may be kept as an answer: all get the same object, at the same time. */
  @ParameterizedTest
  @ValueSource(ints = {300, 1_000_000})
  public void answer_sharedByManyClients_arrivesWholeEveryTime(int size) throws Exception {
    byte[] bytes = new GeneratedStream(size).readAllBytes();
    HttpResponse shared =
        HttpResponse.status(200).header("ETag", "\"shared\"").body(HttpBody.of(bytes)).build();
    answerWith(request -> shared);
    for (int round = 0; round < 10; round++) {
      List<CompletableFuture<java.net.http.HttpResponse<byte[]>>> running = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        running.add(client().sendAsync(to("/a").build(), BodyHandlers.ofByteArray()));
      }
      for (CompletableFuture<java.net.http.HttpResponse<byte[]>> each : running) {
        var received = each.get(60, TimeUnit.SECONDS);
        assertEquals(200, received.statusCode());
        assertEquals(List.of("\"shared\""), received.headers().allValues("ETag"));
        assertArrayEquals(bytes, received.body());
      }
    }
  }

  private void post(String name, int n) {
    String body = (name + ":" + n + ";").repeat(n * 40);
    try {
      var request = to("/" + name + "?n=" + n).POST(BodyPublishers.ofString(body)).build();
      var answer = client().send(request, BodyHandlers.ofString());
      assertEquals("/" + name + "?n=" + n + " " + body, answer.body());
      assertEquals("/" + name, answer.headers().firstValue("X-Path").orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static HttpResponse checksumOfBody(HttpRequest request) {
    try {
      return text(200, Checksum.of(request.body()).toString());
    } catch (IOException e) {
      return text(400, "cannot be read: " + e);
    }
  }

  private static byte[] readBytes(HttpRequest request, int count) {
    try {
      return request.body().readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A stream that fails where the other ends. */
  private static final class BrokenStream extends FilterInputStream {
    BrokenStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count < 0) {
        throw new IOException("This stream breaks off on purpose");
      }
      return count;
    }
  }

  /** A stream that has nothing to read until something else has happened. */
  private static final class WaitingStream extends FilterInputStream {
    private final CountDownLatch latch;

    WaitingStream(InputStream in, CountDownLatch latch) {
      super(in);
      this.latch = latch;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        if (!latch.await(30, TimeUnit.SECONDS)) {
          throw new IOException("The first half does not arrive while the second is awaited");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
      return super.read(bytes, offset, length);
    }
  }
}
