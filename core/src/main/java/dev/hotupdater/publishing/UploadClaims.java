package dev.hotupdater.publishing;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a publisher says of the bytes of an artifact, for the server to check. Immutable.
 *
 * @param sha256 their SHA-256 in hexadecimal digits, of either letter case; absent if it was not
 *     given
 * @param signatures their signatures; if there are none, those given before count
 */
public record UploadClaims(Optional<String> sha256, List<String> signatures) {
  private static final UploadClaims NONE = new UploadClaims(Optional.empty(), List.of());

  /** Takes the digits in lower case, and each signature once. */
  public UploadClaims {
    sha256 = sha256.map(digits -> digits.toLowerCase(Locale.ROOT));
    signatures = signatures.stream().distinct().toList();
  }

  /** Nothing that was not said before. */
  public static UploadClaims none() {
    return NONE;
  }
}
