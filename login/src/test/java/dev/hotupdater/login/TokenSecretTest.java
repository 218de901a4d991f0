package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSecretTest {
  @Test
  void ofBase64_inEitherAlphabet_isTheSameSecret() {
    byte[] bytes = Samples.SECRET.bytes();

    for (Base64.Encoder encoder :
        new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding()}) {
      TokenSecret secret = TokenSecret.ofBase64(encoder.encodeToString(bytes) + "\n");
      assertArrayEquals(bytes, secret.bytes());
      assertEquals(Samples.SECRET.keyId(), secret.keyId());
    }
  }

  @Test
  void keyId_ofAnotherSecret_isAnotherOne() {
    assertNotEquals(Samples.secret(1).keyId(), Samples.secret(2).keyId());
  }

  @Test
  void of_copiesTheBytes() {
    byte[] bytes = Samples.SECRET.bytes().clone();
    TokenSecret secret = TokenSecret.of(bytes);
    bytes[0]++;

    assertArrayEquals(Samples.SECRET.bytes(), secret.bytes());
  }

  @Test
  void of_fewBytes_isRefused() {
    byte[] bytes = new byte[31];
    System.arraycopy(Samples.SECRET.bytes(), 0, bytes, 0, bytes.length);

    assertThrows(IllegalArgumentException.class, () -> TokenSecret.of(bytes));
    assertThrows(IllegalArgumentException.class, () -> TokenSecret.of(new byte[0]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000000000000000000000000000",
        "abababababababababababababababababababab",
        "changemechangemechangemechangeme"
      })
  void of_bytesThatAreNotRandom_isRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TokenSecret.of(text.getBytes(US_ASCII)));
  }

  @Test
  void of_tooManyBytes_isRefused() {
    byte[] many = new byte[1_025];
    for (int i = 0; i < many.length; i++) {
      many[i] = (byte) i;
    }

    assertThrows(IllegalArgumentException.class, () -> TokenSecret.of(many));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not base64 at all!", "A", "c2hvcnQ="})
  void ofBase64_somethingElse_isRefusedWithoutRepeatingIt(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> TokenSecret.ofBase64(text));

    assertFalse(refusal.toString().contains("not base64 at all"), refusal.toString());
    assertEquals(null, refusal.getCause());
  }

  @Test
  void toString_revealsNothing() {
    assertEquals("TokenSecret", Samples.SECRET.toString());
  }
}
