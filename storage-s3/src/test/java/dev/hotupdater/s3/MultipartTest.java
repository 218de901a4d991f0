package dev.hotupdater.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import dev.hotupdater.storage.StoredObject;
import dev.hotupdater.storage.WritableStorage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Objects that are larger than one part. */
class MultipartTest {
  private static final RequestContext NONE = RequestContext.none();
  private static final int PART = 5 << 20;
  private static final int LARGE = 40_000_001;

  private static S3Server server;
  private static S3Storage storage;

  @BeforeAll
  static void start() {
    server = S3Server.start();
    storage = server.storage().partSize(PART).build();
  }

  @AfterAll
  static void stop() {
    storage.close();
    server.close();
  }

  private static StorageUri write(String key, InputStream content, long size) {
    return storage.write(ObjectKey.of(key), content, size, "application/zip", NONE);
  }

  /** So many bytes, made as they are read. */
  private static InputStream generated(long size) {
    Random random = new Random(size);
    return new InputStream() {
      private long left = size;

      @Override
      public int read() {
        return left-- > 0 ? random.nextInt(256) : -1;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (left <= 0) {
          return -1;
        }
        int count = (int) Math.min(Math.min(length, left), 100_000);
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        System.arraycopy(bytes, 0, target, offset, count);
        left -= count;
        return count;
      }
    };
  }

  private static byte[] digest(InputStream content) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
    return digest.digest();
  }

  @Test
  void write_largeObject_writesItInPartsWithTypeAndCaching() throws Exception {
    MessageDigest sent = MessageDigest.getInstance("SHA-256");

    StorageUri uri = write("large.zip", new DigestInputStream(generated(LARGE), sent), LARGE);

    try (StoredObject object = storage.open(uri, ByteRange.ALL, NONE)) {
      assertEquals(LARGE, object.size());
      assertArrayEquals(sent.digest(), digest(object.content()));
    }
    HeadObjectResponse head = server.store().blobMetadata(S3Server.BUCKET, "large.zip");
    assertTrue(head.eTag().contains("-8"), "not written in 8 parts: " + head.eTag());
    assertEquals("application/zip", head.contentType());
    assertEquals(WritableStorage.CACHE_CONTROL, head.cacheControl());
  }

  @ParameterizedTest
  @ValueSource(ints = {PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1})
  void write_sizesAroundThoseOfParts_writesEveryByte(int size) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);

    StorageUri uri = write("edge.bin", new ByteArrayInputStream(content), size);

    try (StoredObject object = storage.open(uri, ByteRange.ALL, NONE)) {
      assertArrayEquals(content, object.content().readAllBytes());
    }
  }

  @Test
  void write_largeContentOfAnotherSize_leavesNothing() {
    assertFails("size.bin", () -> generated(LARGE - 1), LARGE);
    assertFails("size.bin", () -> generated(LARGE + 1), LARGE);
    assertFails("size.bin", () -> generated(PART), LARGE);
    assertFails("size.bin", () -> generated(2 * PART + 1), 2 * PART);
  }

  @Test
  void write_largeContentThatBreaksOff_leavesNothingAndSaysWhy() {
    InputStream breaking =
        new InputStream() {
          private final InputStream start = generated(3L * PART);

          @Override
          public int read() throws IOException {
            int next = start.read();
            if (next < 0) {
              throw new IOException("The stream of this test breaks off here");
            }
            return next;
          }
        };

    StorageException failure = assertFails("broken.bin", () -> breaking, LARGE);

    assertTrue(String.valueOf(failure.getMessage()).contains("read to its end"));
  }

  @Test
  void write_largeContentThatThrows_leavesNothingAndThrowsTheSame() {
    IllegalStateException refusal = new IllegalStateException("The stream of this test refuses");
    InputStream throwing =
        new InputStream() {
          private final InputStream start = generated(2L * PART);

          @Override
          public int read() throws IOException {
            int next = start.read();
            if (next < 0) {
              throw refusal;
            }
            return next;
          }
        };

    assertEquals(
        refusal,
        assertThrows(IllegalStateException.class, () -> write("throwing.bin", throwing, LARGE)));
    assertNothingIsLeft("throwing.bin");
  }

  @Test
  void write_byAThreadThatIsInterrupted_leavesNothingAndStaysInterrupted() {
    InputStream interrupting =
        new InputStream() {
          private final InputStream start = generated(LARGE);
          private int count;

          @Override
          public int read() throws IOException {
            if (++count == 2 * PART) {
              Thread.currentThread().interrupt();
            }
            return start.read();
          }
        };

    assertThrows(StorageException.class, () -> write("interrupted.bin", interrupting, LARGE));

    assertTrue(Thread.interrupted(), "still interrupted");
    assertNothingIsLeft("interrupted.bin");
  }

  @Test
  void write_largeObjectThatFails_leavesTheOldOne() throws Exception {
    byte[] old = "old".getBytes(UTF_8);
    StorageUri uri = write("old.bin", new ByteArrayInputStream(old), old.length);

    assertThrows(StorageException.class, () -> write("old.bin", generated(2L * PART), LARGE));

    try (StoredObject object = storage.open(uri, ByteRange.ALL, NONE)) {
      assertArrayEquals(old, object.content().readAllBytes());
    }
    assertEquals(List.of(), server.store().listMultipartUploads(S3Server.BUCKET));
  }

  @Test
  void write_moreThanFitsIntoTheParts_isRefusedBeforeItIsRead() {
    InputStream untouched =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("read although it cannot be written");
          }
        };

    StorageException refusal =
        assertThrows(
            StorageException.class, () -> write("huge.bin", untouched, 10_000L * PART + 1));

    assertTrue(String.valueOf(refusal.getMessage()).contains("partSize"));
  }

  private static StorageException assertFails(
      String key, Supplier<InputStream> content, long size) {
    StorageException failure =
        assertThrows(StorageException.class, () -> write(key, content.get(), size));
    assertNothingIsLeft(key);
    return failure;
  }

  private static void assertNothingIsLeft(String key) {
    assertFalse(storage.exists(new StorageUri("s3", S3Server.BUCKET, key), NONE));
    assertEquals(List.of(), server.store().listMultipartUploads(S3Server.BUCKET));
  }
}
