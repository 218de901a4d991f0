package dev.hotupdater.signature;

import static dev.hotupdater.signature.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeysTest {
  private static final String MESSAGE = "This contains a SECRET key, which must stay with the one";

  private static Stream<String> formsOf(String encoded) {
    String plain = Minisign.decode(encoded);
    String line = Minisign.line(1, plain);
    return Stream.of(
        encoded,
        encoded + "\n",
        encoded.replace("=", ""),
        encoded.replace('+', '-').replace('/', '_'),
        encoded.replaceAll("(.{76})", "$1\n"),
        encoded.replaceAll("(.{64})", "$1\r\n  "),
        encoded.substring(0, 120),
        "key=" + encoded,
        "the key " + encoded,
        "{\"signature\":\"" + encoded + "\"}",
        Minisign.encode(Minisign.PREHASHED) + "\n" + encoded,
        plain,
        plain.replace("\n", "\r\n"),
        plain.substring(0, 120),
        Minisign.withLine(0, "untrusted comment: mine", plain),
        Minisign.encode(Minisign.withLine(0, "untrusted comment: mine", plain)),
        line,
        line + "\n",
        line.replaceAll("(.{76})", "$1\n"),
        line.substring(0, 60),
        Minisign.withLine(0, "untrusted comment: " + line, Minisign.PREHASHED));
  }

  static Stream<String> secrets() {
    return Stream.concat(
        Stream.of(
                Minisign.textFile("THROW-AWAY-SECRET-tauri.key").strip(),
                Minisign.encode(Minisign.textFile("THROW-AWAY-SECRET-minisign.key")),
                Minisign.encode(Minisign.textFile("THROW-AWAY-SECRET-minisign-password.key")))
            .flatMap(SecretKeysTest::formsOf),
        Stream.of(
            "untrusted comment: minisign encrypted secret key\n",
            "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n-----END PRIVATE KEY-----\n"));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void refuseIn_secretKey_isFoundInAnyForm(String text) {
    assertRefused(text, MESSAGE, () -> SecretKeys.refuseIn(text));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void parse_secretKey_isRefusedAsOne(String text) {
    assertRefused(text, MESSAGE, () -> MinisignSignature.parse(text));
    assertRefused(text, MESSAGE, () -> MinisignPublicKey.parse(text));
  }

  static Stream<String> harmless() {
    return Stream.of(
        Minisign.PREHASHED,
        Minisign.LEGACY,
        Minisign.encode(Minisign.PREHASHED),
        Minisign.KEY,
        Minisign.encode(Minisign.KEY),
        Minisign.KEY_LINE,
        Minisign.textFile("tauri.sig"),
        Minisign.textFile("minisign-prehashed.minisig"),
        Minisign.textFile("minisign-legacy.minisig"));
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void refuseIn_signaturesAndPublicKeys_areLetThrough(String text) {
    assertDoesNotThrow(() -> SecretKeys.refuseIn(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.org/a.sig",
        "z4ELbpS3vTQMFbVOMBMDnyTKVLHqZqEPGLlO0iTvBS5AW4Z/8f3SqDkVIFwHDqyPmBXrmMBHSJ0P1nQgkUCgCQ==",
        "-----BEGIN PGP SIGNATURE-----",
        "\ud800 \u0000 ===="
      })
  void refuseIn_otherTexts_areLetThrough(String text) {
    assertDoesNotThrow(() -> SecretKeys.refuseIn(text));
  }
}
