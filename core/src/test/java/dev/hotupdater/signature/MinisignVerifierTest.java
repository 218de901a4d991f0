package dev.hotupdater.signature;

import static dev.hotupdater.signature.Refusals.messageOf;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hotupdater.fixture.Seed;
import dev.hotupdater.signature.SignatureMismatchException.Reason;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MinisignVerifierTest {
  /** The order of the group, which a number S must be below. */
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  static Stream<String> bothAlgorithms() {
    return Stream.of(Minisign.PREHASHED, Minisign.LEGACY);
  }

  private static void assertMismatch(Reason reason, String signature, byte[] file) {
    SignatureMismatchException mismatch =
        assertThrows(
            SignatureMismatchException.class, () -> Minisign.verify(signature, Minisign.KEY, file));
    assertEquals(reason, mismatch.reason());
  }

  private static String withByteChanged(int line, int index, String text) {
    byte[] bytes = Base64.getDecoder().decode(Minisign.line(line, text));
    bytes[index] ^= 1;
    return Minisign.withLine(line, Minisign.encode(bytes), text);
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_knownSignature_passes(String signature) {
    assertDoesNotThrow(() -> Minisign.verify(signature, Minisign.KEY, Minisign.FILE));
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_otherFile_isOtherBytes(String signature) {
    for (int i = 0; i < Minisign.FILE.length; i++) {
      byte[] changed = Minisign.FILE.clone();
      changed[i] ^= 1;
      assertMismatch(Reason.OTHER_BYTES, signature, changed);
    }
    assertMismatch(Reason.OTHER_BYTES, signature, new byte[0]);
    assertMismatch(Reason.OTHER_BYTES, signature, Arrays.copyOf(Minisign.FILE, 3));
    assertMismatch(Reason.OTHER_BYTES, signature, Arrays.copyOf(Minisign.FILE, 5));
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_anyByteOfTheFilesSignatureChanged_isOtherBytes(String signature) {
    for (int i = 10; i < MinisignSignature.SECOND_LINE_BYTES; i++) {
      assertMismatch(Reason.OTHER_BYTES, withByteChanged(1, i, signature), Minisign.FILE);
    }
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_anyByteOfTheKeyIdChanged_isOtherKey(String signature) {
    for (int i = 2; i < 10; i++) {
      assertMismatch(Reason.OTHER_KEY, withByteChanged(1, i, signature), Minisign.FILE);
    }
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_otherAlgorithmNamed_isOtherBytes(String signature) {
    byte[] line = Base64.getDecoder().decode(Minisign.line(1, signature));
    line[1] ^= 'D' ^ 'd';
    String changed = Minisign.withLine(1, Minisign.encode(line), signature);
    assertMismatch(Reason.OTHER_BYTES, changed, Minisign.FILE);
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_anyCharacterOfTheTrustedCommentChanged_isOtherTrustedComment(String signature) {
    String line = Minisign.line(2, signature);
    for (int i = "trusted comment: ".length(); i < line.length(); i++) {
      String changed = line.substring(0, i) + "~" + line.substring(i + 1);
      assertMismatch(
          Reason.OTHER_TRUSTED_COMMENT, Minisign.withLine(2, changed, signature), Minisign.FILE);
    }
    assertMismatch(
        Reason.OTHER_TRUSTED_COMMENT,
        Minisign.withLine(2, line + "\tversion:1.0.0", signature),
        Minisign.FILE);
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_anyByteOfTheGlobalSignatureChanged_isOtherTrustedComment(String signature) {
    for (int i = 0; i < Ed25519Key.SIGNATURE_BYTES; i++) {
      assertMismatch(Reason.OTHER_TRUSTED_COMMENT, withByteChanged(3, i, signature), Minisign.FILE);
    }
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_untrustedCommentChanged_passes(String signature) {
    String changed = Minisign.withLine(0, "untrusted comment: anything", signature);
    assertDoesNotThrow(() -> Minisign.verify(changed, Minisign.KEY, Minisign.FILE));
  }

  /** The same signature once more, with S + L in place of S. */
  private static String withNumberNotReduced(int line, String text) {
    byte[] bytes = Base64.getDecoder().decode(Minisign.line(line, text));
    BigInteger number = BigInteger.ZERO;
    for (int i = 1; i <= 32; i++) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[bytes.length - i] & 0xff));
    }
    assertTrue(number.compareTo(ORDER) < 0);
    number = number.add(ORDER);
    for (int i = 32; i >= 1; i--) {
      bytes[bytes.length - i] = number.byteValue();
      number = number.shiftRight(8);
    }
    return Minisign.withLine(line, Minisign.encode(bytes), text);
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void verify_numberNotReduced_isRefused(String signature) {
    assertMismatch(Reason.OTHER_BYTES, withNumberNotReduced(1, signature), Minisign.FILE);
    assertMismatch(Reason.OTHER_TRUSTED_COMMENT, withNumberNotReduced(3, signature), Minisign.FILE);
  }

  @Test
  void verify_severalThingsWrong_namesTheFirstInTheOrderOfTheClients() {
    String wrongComment = Minisign.withLine(2, "trusted comment: x", Minisign.PREHASHED);
    assertMismatch(Reason.OTHER_BYTES, wrongComment, new byte[1]);
    assertMismatch(Reason.OTHER_KEY, withByteChanged(1, 5, wrongComment), new byte[1]);
  }

  @Test
  void verify_otherKeyWithTheSameId_isOtherBytes() {
    byte[] file = {1, 2, 3};
    MinisignVerifier verifier =
        MinisignVerifier.of(
            MinisignSignature.parse(Signer.create().prehashed(file, "file:a")),
            Signer.create().publicKey());
    verifier.update(file, 0, file.length);
    assertEquals(
        Reason.OTHER_BYTES,
        assertThrows(SignatureMismatchException.class, verifier::verify).reason());
  }

  @Test
  void verify_fileInPiecesOfAnySize_passes() {
    Random random = Seed.random(MinisignVerifierTest.class);
    Signer signer = Signer.create();
    for (int i = 0; i < 100; i++) {
      byte[] file = new byte[random.nextInt(3000)];
      random.nextBytes(file);
      String comment = "file:\u00fc\tversion:1." + i + ".0";
      verifyInPieces(random, signer.prehashed(file, comment), signer.publicKey(), file);
      verifyInPieces(random, signer.legacy(file, comment), signer.publicKey(), file);
    }
  }

  private static void verifyInPieces(
      Random random, String signature, MinisignPublicKey key, byte[] file) {
    MinisignVerifier verifier = MinisignVerifier.of(MinisignSignature.parse(signature), key);
    byte[] around = new byte[file.length + 7];
    System.arraycopy(file, 0, around, 7, file.length);
    for (int next = 0; next < file.length; ) {
      int length = Math.min(random.nextInt(500), file.length - next);
      verifier.update(around, 7 + next, length);
      next += length;
    }
    assertDoesNotThrow(verifier::verify);
  }

  @Test
  void update_moreThanALegacySignatureMayCover_saysSo() {
    MinisignVerifier verifier =
        MinisignVerifier.of(
            MinisignSignature.parse(Minisign.LEGACY), MinisignPublicKey.parse(Minisign.KEY));
    byte[] tooLarge = new byte[MinisignVerifier.MAX_LEGACY_BYTES + 1];

    SignatureMismatchException mismatch =
        assertThrows(
            SignatureMismatchException.class, () -> verifier.update(tooLarge, 0, tooLarge.length));
    assertEquals(Reason.TOO_LARGE_FOR_LEGACY, mismatch.reason());
    assertTrue(messageOf(mismatch).contains("up to 67108864 bytes"));
    assertTrue(messageOf(mismatch).contains("Sign the file with a current tool"));
  }

  @Test
  void legacyMessage_atItsLimit_isChecked() {
    byte[] file = {1, 2, 3, 4};
    Signer signer = Signer.create();
    byte[] signature = MinisignSignature.parse(signer.legacy(file, "")).fileSignature();
    LegacyMessage message = new LegacyMessage(signer.publicKey().key(), file.length);
    message.update(file, 0, 3);
    message.update(file, 3, 1);
    assertTrue(message.matches(signature));
  }

  @Test
  void legacyMessage_beyondItsLimit_neverMatchesWhatCameBefore() {
    byte[] file = {1, 2, 3, 4};
    Signer signer = Signer.create();
    byte[] signature = MinisignSignature.parse(signer.legacy(file, "")).fileSignature();
    LegacyMessage message = new LegacyMessage(signer.publicKey().key(), file.length);
    message.update(file, 0, 4);
    assertThrows(SignatureMismatchException.class, () -> message.update(file, 0, 1));
    assertThrows(SignatureMismatchException.class, () -> message.matches(signature));
  }

  @Test
  void verifier_afterVerify_isNotForAnotherFile() {
    MinisignVerifier verifier =
        MinisignVerifier.of(
            MinisignSignature.parse(Minisign.PREHASHED), MinisignPublicKey.parse(Minisign.KEY));
    verifier.update(Minisign.FILE, 0, Minisign.FILE.length);
    verifier.verify();
    assertThrows(IllegalStateException.class, verifier::verify);
    assertThrows(IllegalStateException.class, () -> verifier.update(Minisign.FILE, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("bothAlgorithms")
  void update_beyondTheArray_isRefusedAndChangesNothing(String signature) {
    MinisignVerifier verifier =
        MinisignVerifier.of(
            MinisignSignature.parse(signature), MinisignPublicKey.parse(Minisign.KEY));
    assertThrows(IndexOutOfBoundsException.class, () -> verifier.update(Minisign.FILE, 2, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> verifier.update(Minisign.FILE, 2, -1));
    verifier.update(Minisign.FILE, 0, Minisign.FILE.length);
    assertDoesNotThrow(verifier::verify);
  }
}
