package dev.hotupdater.login;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The hash of a password, of which it can be told whether a password is the right one. Immutable.
 * Whoever has it can try passwords without being noticed, so it is a secret, too.
 */
public final class PasswordHash {
  private static final int MIN_CHARACTERS = 8;
  private static final int FINGERPRINT_BYTES = 16;

  private final HashKind kind;
  private final String text;

  private PasswordHash(HashKind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /**
   * The hash that this text is: Argon2id in the usual form, {@code $argon2id$v=19$m=..,t=..,p=..},
   * salt and output, with at most 65,536 KiB, 10 passes and 16 lanes; or bcrypt, {@code $2a$},
   * {@code $2b$} or {@code $2y$}, with a cost of 4 to 14. So one check takes at most 64 MiB and
   * some seconds.
   *
   * @throws IllegalArgumentException if it is anything else; the message says what is wrong and
   *     does not repeat the text
   */
  public static PasswordHash of(String text) {
    if (text.startsWith(Argon2idKind.PREFIX)) {
      return new PasswordHash(Argon2idKind.of(text), text);
    }
    if (text.startsWith(BcryptKind.PREFIX)) {
      return new PasswordHash(BcryptKind.of(text), text);
    }
    throw new IllegalArgumentException(
        "This is not a password hash. It must begin with $argon2id$, or with $2a$, $2b$ or $2y$;"
            + " `hotupdater hash-password` makes one.");
  }

  /**
   * Makes the hash of a password, of the {@linkplain HashKind#recommended() recommended kind} and
   * with a random salt. Takes about 40 MiB and a tenth of a second.
   *
   * @param password at least 8 characters, and at most 1,024 bytes in UTF-8
   * @throws IllegalArgumentException if it is shorter or longer, or not well-formed Unicode
   */
  public static PasswordHash ofPassword(CharSequence password) {
    byte[] bytes = PasswordBytes.of(password).orElseThrow(PasswordHash::wrongLength);
    try {
      if (password.codePoints().count() < MIN_CHARACTERS) {
        throw wrongLength();
      }
      return Argon2idKind.RECOMMENDED.hash(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static IllegalArgumentException wrongLength() {
    return new IllegalArgumentException(
        "A password must have at least "
            + MIN_CHARACTERS
            + " characters, and at most "
            + PasswordBytes.MAX_LENGTH
            + " bytes in UTF-8.");
  }

  /** The hash as text, as {@link #of} takes it. A secret: not for logs. */
  public String text() {
    return text;
  }

  /** Of which kind it is. */
  public HashKind kind() {
    return kind;
  }

  /** Whether the hash is that of this password. */
  boolean matches(byte[] password) {
    return kind.matches(password, text);
  }

  /** What tells this hash from others, and nothing about it to who does not have it. */
  String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII));
      byte[] start = Arrays.copyOf(digest, FINGERPRINT_BYTES);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(start);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "PasswordHash";
  }
}
