package dev.hotupdater.signature;

/**
 * A text that is not the key or the signature it was given for. The message says what the text is,
 * as far as that can be recognised, and what to give instead; it never repeats the text.
 */
public final class InvalidSignatureTextException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSignatureTextException(String message) {
    super(message);
  }
}
