package dev.hotupdater.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUri;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/**
 * Addresses of a CloudFront distribution, signed with a canned policy. Source: Amazon CloudFront
 * Developer Guide, "Create a signed URL using a canned policy".
 */
final class CloudFrontUrls implements Downloads {
  private final String base;
  private final CloudFrontKey key;
  private final Duration lifetime;
  private final Clock clock;

  CloudFrontUrls(URI base, CloudFrontKey key, Duration lifetime, Clock clock) {
    this.base = WebAddress.withoutSlash(base);
    this.key = key;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  @Override
  public DownloadAddress address(String storedKey) {
    Instant expiry = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
    long expires = expiry.getEpochSecond();
    String url = base + "/" + StorageUri.encodePath(storedKey);
    return DownloadAddress.expiring(
        url
            + "?Expires="
            + expires
            + "&Signature="
            + signature(policy(url, expires))
            + "&Key-Pair-Id="
            + key.keyPairId(),
        expiry);
  }

  /** Exactly so, without any white space: CloudFront builds the same text from the URL. */
  private static String policy(String url, long expires) {
    return "{\"Statement\":[{\"Resource\":\""
        + url
        + "\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":"
        + expires
        + "}}}]}";
  }

  private String signature(String policy) {
    try {
      return Base64.getEncoder()
          .encodeToString(key.sign(policy.getBytes(US_ASCII)))
          .replace('+', '-')
          .replace('=', '_')
          .replace('/', '~');
    } catch (GeneralSecurityException e) {
      throw new StorageException(
          "The CloudFront key '" + key.keyPairId() + "' cannot sign. Check that it is an RSA key.",
          e);
    }
  }
}
