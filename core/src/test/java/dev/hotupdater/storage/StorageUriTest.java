package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageUriTest {
  @ParameterizedTest
  @CsvSource({
    "s3://bucket/a/b.zip, s3, bucket, a/b.zip",
    "S3://bucket/a%20b%2Bc+d.zip, s3, bucket, a b+c+d.zip",
    "supabase-storage://b/%C3%BC, supabase-storage, b, ü",
    "gs://b/broken%zz, gs, b, broken%zz",
    "gs://b/not-utf8%ff, gs, b, not-utf8%ff",
    "local://updates?x=1, local, updates, ''",
    "https://cdn.test:8443/a/b?token=1#c, https, cdn.test:8443, a/b",
    "test:///a, test, '', a"
  })
  void parse_storageUri_hasItsParts(String text, String scheme, String bucket, String key) {
    assertEquals(new StorageUri(scheme, bucket, key), StorageUri.parse(text).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bundle.zip", "/a/b", "s3:/b/k", "3s://b/k", "://b/k"})
  void parse_otherText_isEmpty(String text) {
    assertTrue(StorageUri.parse(text).isEmpty());
  }

  @Test
  void toString_encodesEachSegment_andParsesBack() {
    StorageUri uri = new StorageUri("s3", "bucket", "a b/ü%+?#/o'k (1)!*~.txt");

    assertEquals("s3://bucket/a%20b/%C3%BC%25%2B%3F%23/o'k%20(1)!*~.txt", uri.toString());
    assertEquals(uri, StorageUri.parse(uri.toString()).orElseThrow());
  }
}
