package dev.hotupdater.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadAddressTest {
  private static final Instant EXPIRY = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void of_webUrlOrPath_isAnAddress() {
    UploadAddress web =
        UploadAddress.of("PUT", "https://s3.test/a?sig=1", Map.of("X-A", "1"), EXPIRY);

    assertFalse(web.isRelative());
    assertEquals("PUT", web.method());
    assertEquals("1", web.headers().get("x-a"));
    assertEquals(EXPIRY, web.expiry());
    assertTrue(UploadAddress.of("PUT", "/files/a?sig=1", Map.of(), EXPIRY).isRelative());
  }

  @Test
  void of_otherUrl_isRefused() {
    assertThrows(
        StorageException.class,
        () -> UploadAddress.of("PUT", "file:///etc/passwd", Map.of(), EXPIRY));
  }

  @Test
  void toString_keepsTheSignatureSecret() {
    assertEquals(
        "UploadAddress[PUT https://s3.test/a]",
        UploadAddress.of("PUT", "https://s3.test/a?sig=1", Map.of("X-Key", "secret"), EXPIRY)
            .toString());
  }
}
