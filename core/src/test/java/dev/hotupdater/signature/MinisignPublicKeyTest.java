package dev.hotupdater.signature;

import static dev.hotupdater.signature.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinisignPublicKeyTest {
  static Stream<String> formsOfTheKey() {
    return Stream.of(
        Minisign.encode(Minisign.KEY),
        "\n " + Minisign.encode(Minisign.KEY) + "\r\n",
        Minisign.encode(Minisign.KEY.stripTrailing()),
        Minisign.encode(Minisign.KEY.replace("\n", "\r\n")),
        Minisign.KEY,
        Minisign.KEY.replace("\n", "\r\n"),
        Minisign.KEY.replace("public key: ", "public key "),
        Minisign.withLine(0, "untrusted comment: für alle Fälle", Minisign.KEY),
        Minisign.KEY_LINE,
        Minisign.KEY_LINE + "\n");
  }

  @ParameterizedTest
  @MethodSource("formsOfTheKey")
  void parse_anyForm_isTheSameKeyInTheFormOfTheApp(String form) {
    MinisignPublicKey key = MinisignPublicKey.parse(form);

    assertEquals(Minisign.encode(Minisign.KEY), key.text());
    assertEquals(Minisign.KEY_ID, key.keyId().toString());
    assertEquals(MinisignPublicKey.parse(Minisign.KEY_LINE), key);
    assertEquals(MinisignPublicKey.parse(Minisign.KEY_LINE).hashCode(), key.hashCode());
  }

  @Test
  void equals_otherKey_isFalse() {
    assertNotEquals(MinisignPublicKey.parse(Minisign.KEY), Signer.create().publicKey());
  }

  @Test
  void toString_namesTheId() {
    assertEquals(
        "MinisignPublicKey[" + Minisign.KEY_ID + "]",
        MinisignPublicKey.parse(Minisign.KEY).toString());
  }

  private static void assertLineRefused(byte[] line, String message) {
    String text = Minisign.encode(line);
    assertRefused(text, message, () -> MinisignPublicKey.parse(text));
  }

  @Test
  void parse_otherAlgorithm_isRefused() {
    byte[] line = Base64.getDecoder().decode(Minisign.KEY_LINE);
    line[1] = 'D';
    assertLineRefused(line, "The key is of an algorithm other than Ed25519.");
  }

  @Test
  void parse_noPointOfTheCurve_isRefused() {
    byte[] line = Base64.getDecoder().decode(Minisign.KEY_LINE);
    Arrays.fill(line, line.length - Ed25519Key.BYTES, line.length, (byte) 0);
    // No x belongs to y = 2.
    line[line.length - Ed25519Key.BYTES] = 2;
    assertLineRefused(line, "The key was changed: it is not valid.");
  }

  @Test
  void parse_numberThatWasNotReduced_isRefused() {
    byte[] line = Base64.getDecoder().decode(Minisign.KEY_LINE);
    Arrays.fill(line, line.length - Ed25519Key.BYTES, line.length, (byte) 0xff);
    assertLineRefused(line, "The key was changed: it is not valid.");
  }
}
