package dev.hotupdater.signature;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Known keys and signatures, and how tests write texts. */
final class Minisign {
  /** What the known signatures are of. */
  static final byte[] FILE = "test".getBytes(StandardCharsets.US_ASCII);

  static final String KEY_ID = "E7620F1842B4E81F";
  static final String KEY_LINE = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
  static final String KEY =
      "untrusted comment: minisign public key: " + KEY_ID + "\n" + KEY_LINE + "\n";

  static final String LEGACY =
      text(
          "untrusted comment: signature from minisign secret key",
          "RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351v"
              + "wIasSSbXxwA=",
          "trusted comment: timestamp:1555779966\tfile:test",
          "QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==");

  static final String PREHASHED =
      text(
          "untrusted comment: signature from minisign secret key",
          "RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOo"
              + "crCo8KLzZwo=",
          "trusted comment: timestamp:1556193335\tfile:test",
          "y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==");

  private Minisign() {}

  static String text(String... lines) {
    return String.join("\n", lines) + "\n";
  }

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** This text with another line in place of one of its own, counted from 0. */
  static String withLine(int index, String line, String text) {
    String[] lines = text.split("\n");
    lines[index] = line;
    return text(lines);
  }

  static String line(int index, String text) {
    return List.of(text.split("\n")).get(index);
  }

  static void verify(String signature, String key, byte[] file) {
    MinisignVerifier verifier =
        MinisignVerifier.of(MinisignSignature.parse(signature), MinisignPublicKey.parse(key));
    verifier.update(file, 0, file.length);
    verifier.verify();
  }

  /** A file that a signing tool read or wrote, see the README beside it. */
  static byte[] file(String name) {
    try (InputStream file = Minisign.class.getResourceAsStream("/minisign/" + name)) {
      if (file == null) {
        throw new IllegalArgumentException("No test resource minisign/" + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read minisign/" + name, e);
    }
  }

  static String textFile(String name) {
    return new String(file(name), StandardCharsets.UTF_8);
  }
}
