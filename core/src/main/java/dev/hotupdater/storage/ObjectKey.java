package dev.hotupdater.storage;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name under which an object is written: segments with slashes between them, such as {@code
 * bundles/0190…/bundle.zip}. No segment is empty, {@code .} or {@code ..}, and there is no
 * backslash and no control character, so a key never leads out of where it is put.
 */
public final class ObjectKey {
  /** The longest key in bytes of UTF-8, which is what S3 allows. */
  public static final int MAX_BYTES = 1024;

  private final String value;

  private ObjectKey(String value) {
    this.value = value;
  }

  /**
   * The key with this text.
   *
   * @throws IllegalArgumentException if it is not a valid key
   */
  public static ObjectKey of(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Not a valid object key: needs 1 to "
                        + MAX_BYTES
                        + " bytes in segments that are not empty, '.' or '..', without backslash"
                        + " and control characters"));
  }

  /** The key with this text; empty if it is not a valid key. */
  public static Optional<ObjectKey> parse(String text) {
    if (text.isEmpty() || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return Optional.empty();
    }
    if (text.codePoints().anyMatch(ObjectKey::isForbidden)) {
      return Optional.empty();
    }
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return Optional.empty();
      }
    }
    return Optional.of(new ObjectKey(text));
  }

  private static boolean isForbidden(int codePoint) {
    return codePoint == '\\'
        || Character.isISOControl(codePoint)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectKey && ((ObjectKey) other).value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The text of the key. */
  @Override
  public String toString() {
    return value;
  }
}
