package dev.hotupdater.signature;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A block of a PEM text (RFC 7468). Immutable; prints its label alone.
 *
 * @param label what it is, such as {@code PRIVATE KEY}
 * @param body what stands between its first and its last line
 */
record PemBlock(String label, String body) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The blocks of a text, which may have other lines between them. */
  static List<PemBlock> in(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .map(found -> new PemBlock(found.group(1), found.group(2)))
        .toList();
  }

  /** The bytes; empty if what stands between the lines is not base64 alone. */
  Optional<byte[]> bytes() {
    try {
      return Optional.of(Base64.getDecoder().decode(BLANKS.matcher(body).replaceAll("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Names nothing but the label: the rest may be secret. */
  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
