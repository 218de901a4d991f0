package dev.hotupdater.signature;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that signing tools have written, see the README beside them. */
class SigningToolFilesTest {
  private static final String FILE = "signed.txt";

  @ParameterizedTest
  @CsvSource({
    "tauri.sig, tauri.pub, true",
    "tauri-version.sig, tauri.pub, true",
    "minisign-prehashed.minisig, minisign.pub, true",
    "minisign-legacy.minisig, minisign.pub, false"
  })
  void signature_ofARealTool_isVerified(String signature, String key, boolean isPrehashed) {
    MinisignSignature parsed = MinisignSignature.parse(Minisign.textFile(signature));

    assertEquals(isPrehashed, parsed.isPrehashed());
    assertEquals(Optional.of(FILE), parsed.signedFileName());
    StrictClient.assertAccepts(parsed.text());
    assertDoesNotThrow(
        () ->
            Minisign.verify(
                Minisign.textFile(signature), Minisign.textFile(key), Minisign.file(FILE)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tauri.sig", "tauri-version.sig"})
  void text_ofASignatureByTauri_isWhatTheToolWrote(String name) {
    assertEquals(Minisign.textFile(name), MinisignSignature.parse(Minisign.textFile(name)).text());
  }

  @Test
  void text_ofAPublicKeyByTauri_isWhatTheToolWrote() {
    String text = Minisign.textFile("tauri.pub");
    assertEquals(text, MinisignPublicKey.parse(text).text());
  }

  @Test
  void signedVersion_isWhatTheToolWasTold() {
    assertEquals(
        Optional.of("1.2.0+7"),
        MinisignSignature.parse(Minisign.textFile("tauri-version.sig")).signedVersion());
    assertEquals(
        Optional.empty(), MinisignSignature.parse(Minisign.textFile("tauri.sig")).signedVersion());
  }

  @Test
  void keyId_isWhatTheToolWroteAboveTheKey() {
    String text = Minisign.textFile("minisign.pub");
    String comment = Minisign.line(0, text);
    assertEquals(
        comment.substring(comment.lastIndexOf(' ') + 1),
        MinisignPublicKey.parse(text).keyId().toString());
  }
}
