package dev.hotupdater.signature;

import static dev.hotupdater.signature.Refusals.assertRefused;
import static dev.hotupdater.signature.Refusals.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinisignSignatureTest {
  static Stream<String> formsOfTheSignature() {
    String text = Minisign.PREHASHED;
    return Stream.of(
        Minisign.encode(text),
        "\r\n\t " + Minisign.encode(text) + " \n",
        Minisign.encode(text.stripTrailing()),
        Minisign.encode(text + "\n\r\n"),
        Minisign.encode(text.replace("\n", "\r\n")),
        text,
        text.stripTrailing(),
        text.replace("\n", "\r\n"),
        "\n" + text + "\n\n");
  }

  @ParameterizedTest
  @MethodSource("formsOfTheSignature")
  void parse_anyForm_isTheSameSignatureInTheFormOfTheApps(String form) {
    MinisignSignature signature = MinisignSignature.parse(form);

    assertEquals(Minisign.encode(Minisign.PREHASHED), signature.text());
    assertEquals(MinisignSignature.parse(Minisign.PREHASHED), signature);
    assertEquals(MinisignSignature.parse(Minisign.PREHASHED).hashCode(), signature.hashCode());
  }

  @Test
  void parse_prehashed_readsEveryPart() {
    MinisignSignature signature = MinisignSignature.parse(Minisign.PREHASHED);

    assertTrue(signature.isPrehashed());
    assertEquals(Minisign.KEY_ID, signature.keyId().toString());
    assertEquals("timestamp:1556193335\tfile:test", signature.trustedComment());
    assertEquals(Optional.of("test"), signature.signedFileName());
    assertEquals(Optional.empty(), signature.signedVersion());
    assertEquals("MinisignSignature[by " + Minisign.KEY_ID + "]", signature.toString());
  }

  @Test
  void parse_legacy_isNotPrehashed() {
    assertFalse(MinisignSignature.parse(Minisign.LEGACY).isPrehashed());
  }

  @Test
  void equals_otherSignature_isFalse() {
    assertNotEquals(
        MinisignSignature.parse(Minisign.LEGACY), MinisignSignature.parse(Minisign.PREHASHED));
  }

  private static MinisignSignature withComment(String comment) {
    return MinisignSignature.parse(
        Minisign.withLine(2, "trusted comment: " + comment, Minisign.PREHASHED));
  }

  @Test
  void signedVersion_ofSeveralFields_isTheFirstOfThatName() {
    MinisignSignature signature =
        withComment("timestamp:1\tfile:App 1.AppImage\tversion:1.2.0+7\tversion:2.0.0");
    assertEquals(Optional.of("1.2.0+7"), signature.signedVersion());
    assertEquals(Optional.of("App 1.AppImage"), signature.signedFileName());
  }

  @Test
  void signedVersion_withoutTabBefore_isNoField() {
    assertEquals(Optional.empty(), withComment("timestamp:1 version:1.2.0").signedVersion());
    assertEquals(Optional.empty(), withComment("").signedVersion());
  }

  @Test
  void signedVersion_empty_isEmptyTextAndNotMissing() {
    assertEquals(Optional.of(""), withComment("version:").signedVersion());
  }

  @Test
  void parse_commentsInAnyScript_areKept() {
    String raw =
        Minisign.withLine(
            0,
            "untrusted comment: подпись 🎉",
            Minisign.withLine(2, "trusted comment: file:Über.dmg", Minisign.PREHASHED));
    assertEquals(Minisign.encode(raw), MinisignSignature.parse(raw).text());
    assertEquals(Optional.of("Über.dmg"), MinisignSignature.parse(raw).signedFileName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\rb", "a\0b", "a\u001b[2Jb", "a\u0085b", "a\ud800b"})
  void parse_controlCharacterOrHalfACharacter_isRefused(String comment) {
    assertRefused(
        comment,
        "The text has control characters or broken Unicode in it.",
        () -> withComment(comment));
  }

  @Test
  void parse_longestComment_canBeParsedAgain() {
    int most = 3072 - withComment("").text().length() / 4 * 3;
    MinisignSignature longest = withComment("c".repeat(most));
    assertTrue(longest.text().length() <= 4096);
    assertEquals(longest, MinisignSignature.parse(longest.text()));

    String tooLong = "c".repeat(most + 3);
    assertRefused(tooLong, "The text is longer than 4096 characters.", () -> withComment(tooLong));
  }

  @Test
  void checkKeyId_otherKey_namesBoth() {
    MinisignSignature signature = MinisignSignature.parse(Minisign.PREHASHED);
    signature.checkKeyId(MinisignPublicKey.parse(Minisign.KEY));

    SignatureMismatchException mismatch =
        assertThrows(
            SignatureMismatchException.class,
            () -> signature.checkKeyId(Signer.create().publicKey()));
    assertEquals(SignatureMismatchException.Reason.OTHER_KEY, mismatch.reason());
    assertTrue(messageOf(mismatch).contains(Minisign.KEY_ID));
    assertTrue(messageOf(mismatch).contains("807060504030201"));
  }
}
