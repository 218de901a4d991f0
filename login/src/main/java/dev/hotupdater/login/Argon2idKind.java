package dev.hotupdater.login;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Argon2id, version 19 (RFC 9106). */
final class Argon2idKind extends HashKind {
  static final String PREFIX = "$argon2id$";
  static final Argon2idKind RECOMMENDED = new Argon2idKind(19_456, 2, 1);

  static final int MAX_MEMORY_KIB = 65_536;
  static final int MAX_PASSES = 10;
  static final int MAX_LANES = 16;

  private static final int MIN_SALT = 8;
  private static final int MAX_SALT = 64;
  private static final int MIN_OUTPUT = 16;
  private static final int MAX_OUTPUT = 64;
  private static final int NEW_SALT = 16;
  private static final int NEW_OUTPUT = 32;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,9}),t=([1-9]\\d{0,9}),p=([1-9]\\d{0,9})"
              + "\\$([A-Za-z0-9+/]{1,100})\\$([A-Za-z0-9+/]{1,100})");

  private final int memoryKib;
  private final int passes;
  private final int lanes;

  Argon2idKind(int memoryKib, int passes, int lanes) {
    this.memoryKib = memoryKib;
    this.passes = passes;
    this.lanes = lanes;
  }

  /**
   * The kind of a hash.
   *
   * @throws IllegalArgumentException if the text is not a hash, or checking it would cost too much
   */
  static Argon2idKind of(String text) {
    Matcher parts = parts(text);
    int lanes = bounded(parts.group(3), "p", 1, MAX_LANES);
    int memory = bounded(parts.group(1), "m", 8 * lanes, MAX_MEMORY_KIB);
    int passes = bounded(parts.group(2), "t", 1, MAX_PASSES);
    requireLength("salt", decoded(parts.group(4)), MIN_SALT, MAX_SALT);
    requireLength("output", decoded(parts.group(5)), MIN_OUTPUT, MAX_OUTPUT);
    return new Argon2idKind(memory, passes, lanes);
  }

  private static Matcher parts(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "An Argon2id hash must be $argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<output>,"
              + " with the last two in base64 without padding.");
    }
    return parts;
  }

  private static int bounded(String digits, String name, int min, int max) {
    long value = Long.parseLong(digits);
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "An Argon2id hash with "
              + name
              + "="
              + value
              + " cannot be used: "
              + name
              + " must be "
              + min
              + " to "
              + max
              + ". Make the hash again.");
    }
    return (int) value;
  }

  private static void requireLength(String part, byte[] bytes, int min, int max) {
    if (bytes.length < min || bytes.length > max) {
      throw new IllegalArgumentException(
          "The " + part + " of an Argon2id hash must have " + min + " to " + max + " bytes.");
    }
  }

  private static byte[] decoded(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw notBase64();
    }
    // One hash has one text: the last bits, which no byte uses, are zero.
    if (!encoded(bytes).equals(base64)) {
      throw notBase64();
    }
    return bytes;
  }

  private static IllegalArgumentException notBase64() {
    return new IllegalArgumentException(
        "Salt and output of an Argon2id hash must be base64 without padding. Was the hash cut?");
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  boolean matches(byte[] password, String hash) {
    Matcher parts = parts(hash);
    byte[] expected = decoded(parts.group(5));
    return MessageDigest.isEqual(
        expected, computed(password, decoded(parts.group(4)), expected.length));
  }

  /** The hash of a password, with a random salt. */
  PasswordHash hash(byte[] password) {
    byte[] salt = random(NEW_SALT);
    return PasswordHash.of(text(salt, computed(password, salt, NEW_OUTPUT)));
  }

  @Override
  PasswordHash decoy() {
    return PasswordHash.of(text(random(NEW_SALT), random(NEW_OUTPUT)));
  }

  private byte[] computed(byte[] password, byte[] salt, int length) {
    return Argon2Function.getInstance(memoryKib, passes, lanes, length, Argon2.ID)
        .hash(password, salt)
        .getBytes();
  }

  private String text(byte[] salt, byte[] output) {
    return PREFIX
        + "v=19$m="
        + memoryKib
        + ",t="
        + passes
        + ",p="
        + lanes
        + "$"
        + encoded(salt)
        + "$"
        + encoded(output);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Argon2idKind that && Arrays.equals(parameters(), that.parameters());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(parameters());
  }

  private int[] parameters() {
    return new int[] {memoryKib, passes, lanes};
  }

  @Override
  public String toString() {
    return "argon2id, m=" + memoryKib + ", t=" + passes + ", p=" + lanes;
  }
}
