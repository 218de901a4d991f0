package dev.hotupdater.s3;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** The examples of the README. */
class ReadmeTest {
  private static void assertGives(String start, S3Storage storage) {
    StorageUri uri = new StorageUri(storage.scheme(), "updates", "a.zip");
    String url = storage.downloadAddress(uri, RequestContext.none()).url();
    assertTrue(url.startsWith(start), url);
  }

  @Test
  void aws() {
    try (S3Storage storage =
        S3Storage.builder()
            .bucket("updates")
            .region("eu-central-1")
            .credentials("accessKeyId", "secretAccessKey")
            .build()) {
      assertGives("https://updates.s3.eu-central-1.amazonaws.com/a.zip?", storage);
    }
  }

  @Test
  void r2() {
    String accountId = "0123456789abcdef";
    try (S3Storage storage =
        S3Storage.builder()
            .scheme("r2")
            .bucket("updates")
            .region("auto")
            .endpoint(URI.create("https://" + accountId + ".r2.cloudflarestorage.com"))
            .credentials("accessKeyId", "secretAccessKey")
            .build()) {
      assertGives("https://0123456789abcdef.r2.cloudflarestorage.com/updates/a.zip?", storage);
    }
  }

  @Test
  void minio() {
    try (S3Storage storage =
        S3Storage.builder()
            .bucket("updates")
            .endpoint(URI.create("http://minio.internal:9000"))
            .credentials("accessKeyId", "secretAccessKey")
            .build()) {
      assertGives("http://minio.internal:9000/updates/a.zip?", storage);
    }
  }
}
