package dev.hotupdater.supabase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.ObjectNotFoundException;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final byte[] CONTENT = new byte[300_000];
  private static final StorageUri URI = new StorageUri("supabase-storage", "updates", "a.zip");

  private final SupabaseServer server;
  private final CountDownLatch testIsOver = new CountDownLatch(1);

  TransferTest() throws IOException {
    server = SupabaseServer.start();
  }

  @AfterEach
  void stop() {
    testIsOver.countDown();
    server.close();
  }

  private static void write(SupabaseStorage storage, InputStream content, long size) {
    storage.write(ObjectKey.of("a.zip"), content, size, "application/zip", NONE);
  }

  private static void write(SupabaseStorage storage) {
    write(storage, new ByteArrayInputStream(CONTENT), CONTENT.length);
  }

  @Test
  void write_storesCacheControlAndContentType() {
    write(server.storage().build());

    StoredFileEntry stored = server.object("a.zip").orElseThrow();
    assertEquals("max-age=31536000", stored.cacheControl());
    assertEquals("application/zip", stored.contentType());
    assertArrayEquals(CONTENT, stored.content());
  }

  @Test
  void write_emptyObject_storesThemToo() {
    write(server.storage().build(), InputStream.nullInputStream(), 0);

    StoredFileEntry stored = server.object("a.zip").orElseThrow();
    assertEquals("max-age=31536000", stored.cacheControl());
    assertEquals(0, stored.content().length);
  }

  @Test
  void write_moreThanFitsIntoMemory_streamsIt() {
    long size = Runtime.getRuntime().maxMemory() + 10_000_000;
    AtomicLong received = new AtomicLong();
    server.plan(
        "POST",
        "/object/updates/",
        exchange -> {
          byte[] buffer = new byte[65536];
          int count = exchange.getRequestBody().read(buffer);
          while (count >= 0) {
            received.addAndGet(count);
            count = exchange.getRequestBody().read(buffer);
          }
          SupabaseServer.answer(200, "application/json", "{\"Key\":\"updates/a.zip\"}")
              .happen(exchange);
        });

    write(server.storage().build(), new Zeros(), size, size);

    assertEquals(size, received.get());
  }

  private static void write(SupabaseStorage storage, Zeros content, long size, long limit) {
    write(storage, new PartialStream(content, limit), size);
  }

  private static final class Zeros extends InputStream {
    @Override
    public int read() {
      return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) 0);
      return length;
    }
  }

  @Test
  void write_connectionCutInTheMiddle_isUnavailableAndNotRepeated() {
    server.plan(
        "POST",
        "/object/updates/",
        exchange -> assertEquals(1000, exchange.getRequestBody().readNBytes(1000).length));

    assertThrows(StorageUnavailableException.class, () -> write(server.storage().build()));

    assertEquals(1, server.calls().size());
    assertEquals(Optional.empty(), server.object("a.zip"));
  }

  @Test
  void write_throttled_isUnavailableAndNotRepeatedAsTheBytesAreGone() {
    server.plan("POST", "/object/", SupabaseServer.answer(429, "text/plain", "slow down"));

    assertThrows(StorageUnavailableException.class, () -> write(server.storage().build()));

    assertEquals(1, server.calls().size());
  }

  @Test
  void write_unanswered_endsInTime() {
    server.plan("POST", "/object/", this::neverAnswer);
    SupabaseStorage storage = server.storage().uploadTimeout(Duration.ofMillis(300)).build();

    assertThrows(StorageUnavailableException.class, () -> write(storage));
  }

  private void neverAnswer(HttpExchange exchange) {
    try {
      testIsOver.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void write_tooLargeObject_saysSo() {
    server.fileSizeLimit = 1000;

    StorageException refusal =
        assertThrows(StorageException.class, () -> write(server.storage().build()));

    assertTrue(
        String.valueOf(refusal.getMessage()).contains("file size limit"), refusal.getMessage());
  }

  @Test
  void write_refusedMediaType_saysSo() {
    server.refusedType = "application/zip";

    StorageException refusal =
        assertThrows(StorageException.class, () -> write(server.storage().build()));

    assertTrue(String.valueOf(refusal.getMessage()).contains("MIME"), refusal.getMessage());
  }

  @Test
  void write_brokenContentType_isRefusedBeforeACall() {
    assertThrows(
        StorageException.class,
        () ->
            server
                .storage()
                .build()
                .write(ObjectKey.of("a"), new Zeros(), 1, "a/b\r\nx-upsert: false", NONE));

    assertEquals(0, server.calls().size());
  }

  @Test
  void write_answeredByAnotherServer_isNoSuccess() {
    server.plan(
        "POST", "/object/", SupabaseServer.answer(200, "text/html", "<html>Welcome</html>"));

    StorageException problem =
        assertThrows(StorageException.class, () -> write(server.storage().build()));

    assertTrue(String.valueOf(problem.getMessage()).contains("projectUrl"), problem.getMessage());
  }

  @Test
  void open_connectionCutInTheMiddle_failsTheReader() throws Exception {
    server.plan(
        "GET",
        "/object/authenticated/",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          throw new IOException("The test cuts the connection here");
        });

    try (StoredObject object = server.storage().build().open(URI, ByteRange.ALL, NONE)) {
      assertEquals(CONTENT.length, object.size());
      assertThrows(IOException.class, () -> object.content().readAllBytes());
      assertThrows(IOException.class, () -> object.content().read());
    }
  }

  @Test
  void open_serverThatFallsSilent_failsTheReaderInTime() throws Exception {
    server.plan(
        "GET",
        "/object/authenticated/",
        exchange -> {
          exchange.sendResponseHeaders(200, CONTENT.length);
          exchange.getResponseBody().write(CONTENT, 0, 1000);
          exchange.getResponseBody().flush();
          neverAnswer(exchange);
        });
    SupabaseStorage storage = server.storage().timeout(Duration.ofMillis(500)).build();

    try (StoredObject object = storage.open(URI, ByteRange.ALL, NONE)) {
      assertEquals(1000, object.content().readNBytes(1000).length);
      assertThrows(HttpTimeoutException.class, () -> object.content().read());
    }
  }

  @Test
  void open_unanswered_endsInTimeAndIsNotRepeated() {
    server.plan("GET", "/object/authenticated/", this::neverAnswer);
    SupabaseStorage storage = server.storage().timeout(Duration.ofMillis(300)).build();

    assertThrows(StorageUnavailableException.class, () -> storage.open(URI, ByteRange.ALL, NONE));

    assertEquals(1, server.calls().size());
  }

  @Test
  void open_serverThatIgnoresRanges_isGivenTheRangeAllTheSame() throws Exception {
    byte[] content = "0123456789".getBytes(UTF_8);
    server.put("a.zip", content);
    server.ignoresRanges = true;
    SupabaseStorage storage = server.storage().build();

    assertEquals("345", read(storage, new ByteRange(3, 3)));
    assertEquals("89", read(storage, new ByteRange(8, 100)));
    assertEquals("", read(storage, new ByteRange(10, 1)));
    assertEquals("0123456789", read(storage, ByteRange.ALL));
    assertTrue(storage.exists(URI, NONE));
  }

  private static String read(SupabaseStorage storage, ByteRange range) throws IOException {
    try (StoredObject object = storage.open(URI, range, NONE)) {
      assertEquals(10, object.size());
      return new String(object.content().readAllBytes(), UTF_8);
    }
  }

  @Test
  void open_missingObjectFarBehindItsEnd_isNotFound() {
    assertThrows(
        ObjectNotFoundException.class,
        () -> server.storage().build().open(URI, new ByteRange(1L << 60, 1), NONE).close());
  }

  @Test
  void exists_ofAnEmptyObject_isTrue() {
    server.put("a.zip", new byte[0]);

    assertTrue(server.storage().build().exists(URI, NONE));
  }

  @Test
  void open_answerWithAnotherRange_isRefused() {
    server.plan(
        "GET",
        "/object/authenticated/",
        SupabaseServer.answer(206, "a/b", "345", "Content-Range", "bytes 2-4/10"));

    assertThrows(
        StorageException.class,
        () -> server.storage().build().open(URI, new ByteRange(3, 3), NONE).close());
  }
}
