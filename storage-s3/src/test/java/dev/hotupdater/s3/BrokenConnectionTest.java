package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.IncompleteDeletionException;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that go away, or say nothing at all. */
class BrokenConnectionTest {
  /** Far beyond the limits of the storage, which is all that is asserted. */
  private static final Duration ENDS = Duration.ofSeconds(60);

  private static void assertUnavailable(Calls call, S3Storage storage) {
    assertTimeoutPreemptively(
        ENDS,
        () -> {
          if (call == Calls.DELETE_ALL) {
            assertThrows(IncompleteDeletionException.class, () -> call.make(storage));
          } else {
            assertThrows(StorageUnavailableException.class, () -> call.make(storage));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_toNobody_isUnavailable(Calls call) throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (S3Storage storage = ScriptedS3.storageAt(URI.create("http://127.0.0.1:" + port)).build()) {
      assertUnavailable(call, storage);
    }
  }

  @ParameterizedTest
  @EnumSource(Calls.class)
  void call_toAServerThatNeverAnswers_isUnavailable(Calls call) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> {
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        S3Storage storage = script.storage().build()) {
      assertUnavailable(call, storage);
    } finally {
      end.countDown();
    }
  }

  /** The server takes the connection and then reads nothing, so that the upload gets stuck. */
  @Test
  void write_toAServerThatDoesNotRead_isUnavailable() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        S3Storage storage =
            ScriptedS3.storageAt(URI.create("http://127.0.0.1:" + socket.getLocalPort())).build()) {
      byte[] content = new byte[16 << 20];
      assertTimeoutPreemptively(
          ENDS,
          () ->
              assertThrows(
                  StorageUnavailableException.class,
                  () ->
                      storage.write(
                          ObjectKey.of("a.zip"),
                          new ByteArrayInputStream(content),
                          content.length,
                          "application/zip",
                          Calls.NONE)));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Calls.class,
      names = {"WRITE", "WRITE_IN_PARTS"})
  void write_ofWhichTheConnectionBreaks_isUnavailable(Calls call) throws Exception {
    try (ScriptedS3 script =
            ScriptedS3.answering(exchange -> exchange.getRequestBody().readNBytes(100));
        S3Storage storage = script.storage().build()) {
      assertUnavailable(call, storage);
    }
  }

  @Test
  void write_ofWhichThePartsBreak_abortsTheUpload() throws Exception {
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> {
                  String query = String.valueOf(exchange.getRequestURI().getRawQuery());
                  if (query.startsWith("uploads")) {
                    ScriptedS3.answer(
                        exchange,
                        200,
                        "<InitiateMultipartUploadResult><UploadId>up1</UploadId>"
                            + "</InitiateMultipartUploadResult>");
                  } else if (exchange.getRequestMethod().equals("DELETE")) {
                    ScriptedS3.answer(exchange, 204, "");
                  } else {
                    exchange.getRequestBody().readNBytes(100_000);
                  }
                });
        S3Storage storage = script.storage().partSize(5 << 20).build()) {
      assertUnavailable(Calls.WRITE_IN_PARTS, storage);

      String last = script.requests().get(script.requests().size() - 1);
      assertEquals("DELETE /updates/a/b.zip?uploadId=up1", last);
    }
  }

  @Test
  void open_ofWhichTheConnectionBreaks_failsInsteadOfEnding() throws Exception {
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> {
                  exchange.sendResponseHeaders(200, 100_000);
                  exchange.getResponseBody().write(new byte[70_000]);
                  exchange.getResponseBody().flush();
                });
        S3Storage storage = script.storage().build();
        StoredObject object = storage.open(Calls.URI, ByteRange.ALL, Calls.NONE)) {
      assertEquals(100_000, object.size());
      assertThrows(IOException.class, () -> object.content().readAllBytes());
    }
  }

  @Test
  void open_ofWhichTheBytesStopComing_failsInTime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> {
                  exchange.sendResponseHeaders(200, 100_000);
                  exchange.getResponseBody().write(new byte[70_000]);
                  exchange.getResponseBody().flush();
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        S3Storage storage = script.storage().build();
        StoredObject object = storage.open(Calls.URI, ByteRange.ALL, Calls.NONE)) {
      assertTimeoutPreemptively(
          ENDS, () -> assertThrows(IOException.class, () -> object.content().readAllBytes()));
    } finally {
      end.countDown();
    }
  }

  /** The limits are for a server that is silent, not for one whose answer is long. */
  @Test
  void open_ofADownloadThatTakesLongerThanACall_isReadToItsEnd() throws Exception {
    int steps = 12;
    try (ScriptedS3 script =
            ScriptedS3.answering(
                exchange -> {
                  exchange.sendResponseHeaders(200, steps);
                  try (OutputStream body = exchange.getResponseBody()) {
                    for (int i = 0; i < steps; i++) {
                      body.write(i);
                      body.flush();
                      Thread.sleep(200);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
        S3Storage storage =
            script
                .storage()
                .attemptTimeout(Duration.ofMillis(1500))
                .callTimeout(Duration.ofMillis(1600))
                .build();
        StoredObject object = storage.open(Calls.URI, ByteRange.ALL, Calls.NONE)) {
      assertEquals(steps, object.content().readAllBytes().length);
    }
  }

  @Test
  void call_ofAnInterruptedThread_failsAndStaysInterrupted() throws Exception {
    try (ScriptedS3 script = ScriptedS3.failing(503, "SlowDown");
        S3Storage storage = script.storage().build()) {
      Thread.currentThread().interrupt();
      try {
        assertThrows(StorageException.class, () -> Calls.OPEN.make(storage));
      } finally {
        assertTrue(Thread.interrupted(), "still interrupted");
      }
    }
  }
}
