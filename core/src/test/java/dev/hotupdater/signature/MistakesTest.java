package dev.hotupdater.signature;

import static dev.hotupdater.signature.Refusals.assertRefused;
import static dev.hotupdater.signature.Refusals.messageOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people give in place of a signature or a public key, and what they are told. */
class MistakesTest {
  private static final String TEXT = Minisign.PREHASHED;

  /** A text whose base64 ends in one {@code =}. */
  private static final String PADDED_TEXT = padded("=");

  private static final String ENCODED = Minisign.encode(TEXT);
  private static final String PADDED = Minisign.encode(PADDED_TEXT);
  private static final String KEY = Minisign.encode(Minisign.KEY);

  private static final String CUT = "The text was cut off, or something was appended to it.";
  private static final String INEXACT = "The end of the base64 is not exact";
  private static final String WHITE_SPACE = "The base64 has white space or line breaks in it";

  private static String padded(String padding) {
    String comment = Minisign.line(2, TEXT);
    String text = TEXT;
    while (!Minisign.encode(text).replaceAll("[^=]", "").equals(padding)) {
      comment += "x";
      text = Minisign.withLine(2, comment, TEXT);
    }
    return text;
  }

  /** The last character before the padding has a bit set that belongs to no byte. */
  private static String withUnusedBit(String base64) {
    int last = base64.indexOf('=') - 1;
    char odd = (char) (base64.charAt(last) + 1);
    return base64.substring(0, last) + odd + base64.substring(last + 1);
  }

  static Stream<Arguments> mistakesForASignature() {
    String html = "This is HTML or XML, not a signature. Give the content of the file";
    String json = "This is JSON or a text in quotes, not a signature. Give the content of";
    String name = "This is the name of a file, not a signature. Give the content of the file";
    String address = "This is the address of a file, not a signature. Give the content of";
    String publicKey = "This is a public key, not a signature. Give the content of the file";
    return Stream.of(
        arguments("", "The text is empty. Give the content of the file"),
        arguments(" \r\n\t ", "The text is empty."),
        arguments("https://example.org/app.AppImage.sig", address),
        arguments("HTTP://example.org", address),
        arguments("s3://bucket/app.AppImage.sig", address),
        arguments("./app.AppImage.sig", name),
        arguments("../signatures/app", name),
        arguments("~/signatures/app", name),
        arguments("/home/somebody/signatures", name),
        arguments("/home/somebody/signatures/app.sig", name),
        arguments("C:\\Users\\Some Body\\app.sig", name),
        arguments("d:/build/signatures", name),
        arguments("\\\\server\\share\\signature", name),
        arguments("app_1.0.0_amd64.AppImage.sig", name),
        arguments("Some App_1.0.0_x64-setup.exe.sig", name),
        arguments("<!doctype html>\n<html><body>Not Found</body></html>", html),
        arguments("{\"signature\":\"" + ENCODED + "\"}", json),
        arguments("[\"" + ENCODED + "\"]", json),
        arguments("\"" + ENCODED + "\"", json),
        arguments("'" + ENCODED + "'", json),
        arguments(
            "-----BEGIN PGP SIGNATURE-----\n\niQEzBAABCAAdFiEE\n-----END PGP SIGNATURE-----",
            "This is a PEM or OpenPGP text, not a signature."),
        arguments(KEY, publicKey),
        arguments(KEY.substring(0, 80), publicKey),
        arguments(KEY.substring(0, 81), publicKey),
        arguments(Minisign.KEY, publicKey),
        arguments(Minisign.KEY.replace("\n", "\r\n"), publicKey),
        arguments(Minisign.KEY_LINE, publicKey),
        arguments(
            Minisign.line(1, TEXT), "This is one line of a signature, and not all of it. Give"),
        arguments(
            Minisign.line(1, Minisign.LEGACY), "This is one line of a signature, and not all"),
        arguments(Minisign.encode(ENCODED), "The text was encoded in base64 once too often."),
        arguments(ENCODED.substring(0, 76) + "\n" + ENCODED.substring(76), WHITE_SPACE),
        arguments(ENCODED.substring(0, 76) + " " + ENCODED.substring(76), WHITE_SPACE),
        arguments(ENCODED + "\n" + ENCODED, WHITE_SPACE),
        arguments(
            ENCODED.substring(0, 76) + "-_" + ENCODED.substring(78),
            "The text has characters in it that are not base64."),
        arguments(PADDED.substring(0, PADDED.length() - 1), INEXACT),
        arguments(PADDED + "=", INEXACT),
        arguments(withUnusedBit(PADDED), INEXACT),
        arguments(withUnusedBit(Minisign.encode(padded("=="))), INEXACT),
        arguments(Minisign.encode(padded("==")).replace("=", ""), INEXACT),
        arguments(ENCODED.substring(0, 121), CUT),
        arguments(ENCODED.substring(0, 122), CUT),
        arguments(ENCODED.substring(0, 123), CUT),
        arguments(PADDED + "A", CUT),
        arguments(PADDED + PADDED, CUT),
        arguments(
            Minisign.encode(("untrusted comment: \u00fc\n").getBytes(StandardCharsets.ISO_8859_1)),
            "The text in the base64 is not UTF-8."),
        arguments(ENCODED.substring(0, 120), "The text was cut off: it has 2 of 4 lines. Give the"),
        arguments(
            TEXT.substring(0, TEXT.indexOf("trusted comment: timestamp")),
            "The text was cut off: it has 2 of 4 lines."),
        arguments(
            TEXT.substring(0, TEXT.length() - 5),
            "The last line was cut off or changed: it is not base64 of 64 bytes."),
        arguments(
            TEXT + "Signed with the key of the year.\n",
            "Something was appended to the text: it has 5 lines in place of 4."),
        arguments(
            Minisign.encode(TEXT + TEXT),
            "Something was appended to the text: it has 8 lines in place of 4."),
        arguments(
            Minisign.text(TEXT.split("(?<=\n)")).stripTrailing(),
            "Something was appended to the text: it has 7 lines in place of 4."),
        arguments(
            Minisign.withLine(1, Minisign.line(1, TEXT).substring(4), TEXT),
            "The second line was cut off or changed: it is not base64 of 74 bytes."),
        arguments(
            Minisign.withLine(1, Minisign.line(1, TEXT) + " ", TEXT),
            "The second line was cut off or changed"),
        arguments(
            Minisign.withLine(1, Minisign.line(1, TEXT).replace("=", ""), TEXT),
            "The second line was cut off or changed"),
        arguments(
            Minisign.withLine(1, withUnusedBit(Minisign.line(1, TEXT)), TEXT),
            "The second line was cut off or changed"),
        arguments(
            Minisign.withLine(3, withUnusedBit(Minisign.line(3, TEXT)), TEXT),
            "The last line was cut off or changed"),
        arguments(
            Minisign.withLine(1, "RX" + Minisign.line(1, TEXT).substring(2), TEXT),
            "The signature is of an algorithm other than Ed25519."),
        arguments(
            Minisign.withLine(2, "trusted comment:", TEXT),
            "The third line was changed: it does not begin with \"trusted comment: \"."),
        arguments("hello", "This is not a signature. Give the content of the file"),
        arguments("c2lnbmF0dXJl", "This is not a signature."),
        arguments("signature", "This is not a signature."),
        arguments("trusted comment: timestamp:1", "This is not a signature."),
        arguments("A".repeat(4097), "The text is longer than 4096 characters. Give"),
        arguments(" ".repeat(5000), "The text is longer than 4096 characters. Give"));
  }

  @ParameterizedTest
  @MethodSource("mistakesForASignature")
  void signature_mistake_isNamedAndNotRepeated(String text, String message) {
    assertRefused(text, message, () -> MinisignSignature.parse(text));
  }

  static Stream<Arguments> mistakesForAPublicKey() {
    String signature = "This is a signature, not a public key. Give the content of the public key";
    return Stream.of(
        arguments("", "The text is empty. Give the content of the public key file"),
        arguments("https://example.org/app.pub", "This is the address of a file, not a public key"),
        arguments("./app.pub", "This is the name of a file, not a public key."),
        arguments("app.key.pub", "This is the name of a file, not a public key."),
        arguments("<html>", "This is HTML or XML, not a public key."),
        arguments("{\"pubkey\":\"" + KEY + "\"}", "This is JSON or a text in quotes, not a public"),
        arguments(
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----",
            "This is a PEM or OpenPGP text, not a public key."),
        arguments(ENCODED, signature),
        arguments(ENCODED.substring(0, 122), signature),
        arguments(TEXT, signature),
        arguments(Minisign.line(1, TEXT), signature),
        arguments(Minisign.line(1, Minisign.LEGACY), signature),
        arguments(Minisign.encode(KEY), "The text was encoded in base64 once too often."),
        arguments(KEY.substring(0, 76) + "\n" + KEY.substring(76), WHITE_SPACE),
        arguments(Minisign.encode(Minisign.KEY.stripTrailing()).replace("=", ""), INEXACT),
        arguments(KEY.substring(0, 101), CUT),
        arguments(KEY.substring(0, 40), "The text was cut off: it has 1 of 2 lines."),
        arguments(
            KEY.substring(0, 100),
            "The second line was cut off or changed: it is not base64 of 42 bytes."),
        arguments(KEY + "A", CUT),
        arguments(
            Minisign.KEY + "and more",
            "Something was appended to the text: it has 3 lines in place of 2."),
        arguments(Minisign.KEY_LINE.substring(0, 52), "This is not a public key. Give the"),
        arguments(Minisign.KEY_LINE + "AAAA", "This is not a public key."),
        arguments(Minisign.KEY_ID, "This is not a public key."),
        arguments(" ".repeat(5000), "The text is longer than 4096 characters."));
  }

  @ParameterizedTest
  @MethodSource("mistakesForAPublicKey")
  void publicKey_mistake_isNamedAndNotRepeated(String text, String message) {
    assertRefused(text, message, () -> MinisignPublicKey.parse(text));
  }

  @Test
  void signature_cutOffAnywhere_isRefusedUnlessOnlyTheLastLineEndIsMissing() {
    for (String whole : new String[] {TEXT, ENCODED, PADDED_TEXT, PADDED}) {
      String end = whole.endsWith("\n") ? whole.stripTrailing() : encodedWithoutLineEnd(whole);
      for (int length = 0; length < whole.length(); length++) {
        String cut = whole.substring(0, length);
        if (cut.equals(end)) {
          assertEquals(MinisignSignature.parse(whole), MinisignSignature.parse(cut));
        } else {
          InvalidSignatureTextException refusal =
              assertThrows(InvalidSignatureTextException.class, () -> MinisignSignature.parse(cut));
          assertTrue(messageOf(refusal).endsWith("all of it and nothing else."));
        }
      }
    }
  }

  private static String encodedWithoutLineEnd(String base64) {
    return Minisign.encode(Minisign.decode(base64).stripTrailing());
  }
}
