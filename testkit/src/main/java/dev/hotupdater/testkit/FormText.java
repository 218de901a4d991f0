package dev.hotupdater.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Writes a body of type {@code multipart/form-data}, right or wrong. */
final class FormText {
  static final String BOUNDARY = "----contract-7MA4YWxkTrZu0gW";
  static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  FormText field(String name, String value) {
    return part("Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(UTF_8));
  }

  FormText file(String name, String fileName, byte[] content) {
    return part(
        "Content-Disposition: form-data; name=\""
            + name
            + "\"; filename=\""
            + fileName
            + "\"\r\nContent-Type: application/octet-stream",
        content);
  }

  /** A part with these header lines. */
  FormText part(String headers, byte[] content) {
    text("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
    bytes.writeBytes(content);
    return text("\r\n");
  }

  FormText text(String text) {
    bytes.writeBytes(text.getBytes(UTF_8));
    return this;
  }

  /** The body with its last boundary. */
  byte[] end() {
    return text("--" + BOUNDARY + "--\r\n").unended();
  }

  /** The body as it is. */
  byte[] unended() {
    return bytes.toByteArray();
  }
}
