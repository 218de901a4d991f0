package dev.hotupdater.liveupdate;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionFormatTest {
  private static final String IV = "A".repeat(22) + "==";
  private static final String KEY = "A".repeat(342) + "==";

  @Test
  void sessionKey_hasAnInitialVectorAndAKey() {
    assertTrue(EncryptionFormat.isSessionKey(IV + ":" + KEY));
    assertFalse(EncryptionFormat.isSessionKey(KEY + ":" + IV));
    assertFalse(EncryptionFormat.isSessionKey(IV + ":" + KEY + ":"));
    assertFalse(EncryptionFormat.isSessionKey(IV + ":" + KEY.replace('A', '-')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":", "key", "a:b", "aXY=:a2V5"})
  void sessionKey_thatIsTooShort_isNone(String text) {
    assertFalse(EncryptionFormat.isSessionKey(text));
  }

  @Test
  void checksum_isHexadecimalOrBase64() {
    assertTrue(EncryptionFormat.isChecksum("0f".repeat(256)));
    assertTrue(EncryptionFormat.isChecksum(KEY));
    assertFalse(EncryptionFormat.isChecksum("0F".repeat(256)));
    assertFalse(EncryptionFormat.isChecksum("0f".repeat(32)));
  }
}
