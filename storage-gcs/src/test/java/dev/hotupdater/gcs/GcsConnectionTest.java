package dev.hotupdater.gcs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.gcs.standin.Exchange;
import dev.hotupdater.gcs.standin.GcsStandIn;
import dev.hotupdater.gcs.standin.StoredBlobs;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that are cut or silent, and what is sent over those that are not. */
class GcsConnectionTest {
  private static final RequestContext CONTEXT = RequestContext.none();
  private static final StorageUri URI = new StorageUri("gs", GcsStandIn.BUCKET, "a.zip");
  private static final int SIZE = 10_000_000;

  private final GcsStandIn gcs = GcsStandIn.start();
  private final GcsStorage storage = GcsStorages.of(gcs).maxAttempts(2).build();
  private final byte[] content = new byte[SIZE];

  GcsConnectionTest() {
    new Random(1).nextBytes(content);
  }

  @AfterEach
  void stop() {
    storage.close();
    gcs.close();
  }

  private void write() {
    storage.write(
        ObjectKey.of("a.zip"), new ByteArrayInputStream(content), SIZE, "application/zip", CONTEXT);
  }

  private static boolean isPart(Exchange request) {
    return request.query().containsKey("upload_id");
  }

  private static boolean isDownload(Exchange request) {
    return "media".equals(request.query().get("alt"));
  }

  @Test
  void write_sendsPartsOfBoundedSizeWithTypeAndCacheControl() {
    write();

    StoredBlobs.StoredBlob stored = gcs.blobs().find("a.zip").orElseThrow();
    assertArrayEquals(content, stored.content());
    assertEquals("application/zip", stored.contentType());
    assertEquals(WritableStorage.CACHE_CONTROL, stored.cacheControl());
    assertEquals(3, gcs.requests().stream().filter(r -> r.startsWith("PUT /upload")).count());
  }

  @Test
  void write_cutOnce_goesOnWhereItWas() {
    AtomicInteger parts = new AtomicInteger();
    gcs.breakWith(request -> isPart(request) && parts.incrementAndGet() == 2 && cut(request));

    write();

    assertArrayEquals(content, gcs.blobs().find("a.zip").orElseThrow().content());
  }

  @Test
  void write_cutInTheMiddleForGood_leavesNoObject() {
    AtomicInteger parts = new AtomicInteger();
    gcs.breakWith(request -> isPart(request) && parts.incrementAndGet() >= 2 && cut(request));

    StorageUnavailableException failure =
        assertThrows(StorageUnavailableException.class, this::write);

    assertTrue(gcs.blobs().find("a.zip").isEmpty());
    assertTrue(gcs.uploads().unfinished().iterator().hasNext());
    Secrets.assertNone(failure, gcs);
  }

  @Test
  void write_refusedInTheMiddle_leavesTheOldObjectAndTellsNoSecret() {
    gcs.blobs().put("a.zip", new byte[] {1}, "application/zip", "");
    AtomicInteger parts = new AtomicInteger();
    gcs.breakWith(
        request -> {
          if (!isPart(request) || parts.incrementAndGet() < 2) {
            return false;
          }
          request.refuse(410, "uploadBrokenConnection");
          return true;
        });

    RuntimeException failure = assertThrows(RuntimeException.class, this::write);

    assertArrayEquals(new byte[] {1}, gcs.blobs().find("a.zip").orElseThrow().content());
    assertEquals("dev.hotupdater.storage", failure.getClass().getPackageName());
    Secrets.assertNone(failure, gcs);
  }

  private static boolean cut(Exchange request) {
    request.cut();
    return true;
  }

  @Test
  void read_cutOnce_goesOnWhereItWas() throws Exception {
    gcs.blobs().put("a.zip", content, "application/zip", "");
    AtomicInteger downloads = new AtomicInteger();
    gcs.breakWith(
        request -> isDownload(request) && downloads.incrementAndGet() == 1 && breakOff(request));

    try (StoredObject object = storage.open(URI, ByteRange.ALL, CONTEXT)) {
      assertArrayEquals(content, object.content().readAllBytes());
    }
    assertNotEquals(1, downloads.get());
  }

  @Test
  void read_cutInTheMiddleForGood_failsAndTellsNoSecret() throws Exception {
    gcs.blobs().put("a.zip", content, "application/zip", "");
    AtomicInteger downloads = new AtomicInteger();
    gcs.breakWith(
        request ->
            isDownload(request)
                && (downloads.incrementAndGet() == 1 ? breakOff(request) : cut(request)));

    try (StoredObject object = storage.open(URI, ByteRange.ALL, CONTEXT)) {
      IOException failure = assertThrows(IOException.class, () -> object.content().readAllBytes());
      assertEquals(
          StorageUnavailableException.class,
          java.util.Objects.requireNonNull(failure.getCause()).getClass());
      Secrets.assertNone(failure, gcs);
    }
  }

  private boolean breakOff(Exchange request) throws IOException {
    request.breakOff(200, content, SIZE / 2);
    return true;
  }

  @Test
  void silentServer_isUnavailableWithinTheTimeout() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    gcs.breakWith(
        request -> {
          if (request.rawPath().equals("/token")) {
            return false;
          }
          try {
            return end.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        });

    try (GcsStorage hasty =
        GcsStorages.of(gcs).readTimeout(Duration.ofMillis(300)).maxAttempts(2).build()) {
      assertThrows(StorageUnavailableException.class, () -> hasty.exists(URI, CONTEXT));
      assertThrows(
          StorageUnavailableException.class, () -> hasty.open(URI, ByteRange.ALL, CONTEXT));
      assertThrows(StorageUnavailableException.class, hasty::check);
    } finally {
      end.countDown();
    }
  }

  @Test
  void logs_tellNoSecret() throws Exception {
    try (CapturedLogs logs = CapturedLogs.start()) {
      write();
      storage.downloadAddress(URI, CONTEXT);
      gcs.breakWith(request -> isPart(request) && cut(request));
      assertThrows(StorageUnavailableException.class, this::write);

      Secrets.assertNone(logs.text(), gcs);
    }
    Secrets.assertNone(storage.toString(), gcs);
    assertFalse(storage.toString().isEmpty());
  }
}
