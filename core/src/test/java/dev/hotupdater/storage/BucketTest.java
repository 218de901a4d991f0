package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
  private static final Bucket BUCKET = Bucket.of("s3", "updates");

  @Test
  void uri_withoutBasePath_isTheKeyInTheBucket() {
    assertEquals("s3://updates/a/b.zip", BUCKET.uri(ObjectKey.of("a/b.zip")).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/one", "/apps/one/", "//apps/one"})
  void uri_withBasePath_isBelowIt(String basePath) {
    Bucket bucket = BUCKET.withBasePath(basePath);

    assertEquals("s3://updates/apps/one/a.zip", bucket.uri(ObjectKey.of("a.zip")).toString());
    assertEquals("apps/one/a", bucket.below("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/../b", "a//b", "..", "a\\b"})
  void basePath_thatLeadsElsewhere_isRefused(String basePath) {
    assertThrows(IllegalArgumentException.class, () -> BUCKET.withBasePath(basePath));
  }

  @Test
  void uri_tooLongWithTheBasePath_isUnusable() {
    Bucket bucket = BUCKET.withBasePath("folder");
    ObjectKey longest = ObjectKey.of("k".repeat(ObjectKey.MAX_BYTES));

    assertThrows(UnusableKeyException.class, () -> bucket.uri(longest));
  }

  @Test
  void storedKey_ofAnObjectOutsideTheBasePath_isItsKey() {
    Bucket bucket = BUCKET.withBasePath("folder");

    assertEquals("other/a.zip", bucket.storedKey(new StorageUri("s3", "updates", "other/a.zip")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://other/a.zip", "gs://updates/a.zip", "s3:///a.zip"})
  void storedKey_ofAnotherBucketOrScheme_isRefused(String uri) {
    StorageUri parsed = StorageUri.parse(uri).orElseThrow();

    assertThrows(StorageException.class, () -> BUCKET.storedKey(parsed));
  }
}
