package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/** A password as the bytes that are hashed: UTF-8, and not too many. */
final class PasswordBytes {
  static final int MAX_LENGTH = 1_024;

  private PasswordBytes() {}

  /** The bytes; empty if there are none or too many, or the text is not well-formed Unicode. */
  static Optional<byte[]> of(CharSequence password) {
    // A character is a byte at least: what is too long is not even encoded.
    if (password.length() == 0 || password.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(password));
      byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
      Arrays.fill(encoded.array(), (byte) 0);
      return bytes.length <= MAX_LENGTH ? Optional.of(bytes) : Optional.empty();
    } catch (CharacterCodingException e) {
      // Replaced, different passwords would become the same.
      return Optional.empty();
    }
  }
}
