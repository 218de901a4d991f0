package dev.hotupdater.bundle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleRulesTest {
  private static Bundle withMetadata(String json) {
    return Bundle.builder()
        .id(BundleId.of("0198c0de-0000-7000-8000-000000000001"))
        .platform(Platform.IOS)
        .fileHash("hash")
        .storageUri("s3://updates/1.zip")
        .targetAppVersion(Optional.of("1.x"))
        .metadata(Metadata.parse(json).orElseThrow())
        .build();
  }

  private static String nested(int levels, String inner) {
    return "{\"a\":".repeat(levels) + inner + "}".repeat(levels);
  }

  @Test
  void metadata_of63Levels_isAllowed() {
    assertDoesNotThrow(() -> BundleRules.check(withMetadata(nested(63, "1"))));
    assertDoesNotThrow(() -> BundleRules.check(withMetadata(nested(62, "[1]"))));
  }

  @Test
  void metadata_of64Levels_isRefusedAndNamed() {
    for (String json : new String[] {nested(64, "1"), nested(63, "{}"), nested(63, "[]")}) {
      InvalidBundleException e =
          assertThrows(InvalidBundleException.class, () -> BundleRules.check(withMetadata(json)));
      assertEquals("metadata", e.field());
    }
  }
}
