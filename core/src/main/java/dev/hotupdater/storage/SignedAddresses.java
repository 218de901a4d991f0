package dev.hotupdater.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses of files that this server serves itself: whoever has one may use it until it expires,
 * for the object and the purpose that it was made for.
 */
final class SignedAddresses {
  private static final String ALGORITHM = "HmacSHA256";

  // What is signed starts with its purpose, so that no address serves another one.
  private static final String DOWNLOAD = "hotupdater file download 1";
  private static final String UPLOAD = "hotupdater file upload 1";

  private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,11}");
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final String bucket;
  private final SigningKey key;
  private final Clock clock;

  SignedAddresses(String bucket, SigningKey key, Clock clock) {
    this.bucket = bucket;
    this.key = key;
    this.clock = clock;
  }

  /**
   * An address for a download. It works for at least half of the lifetime and at most all of it;
   * what is asked for within half a lifetime gets the same address, so that caches can use it.
   */
  DownloadAddress download(ObjectKey object, Duration lifetime) {
    long seconds = lifetime.toSeconds();
    long step = Math.max(1, seconds / 2);
    long expires = Math.floorDiv(clock.instant().getEpochSecond() + seconds, step) * step;
    String signature = sign(DOWNLOAD, object.toString(), Long.toString(expires));
    return DownloadAddress.expiring(
        path(object) + "?expires=" + expires + "&signature=" + signature,
        Instant.ofEpochSecond(expires),
        Instant.ofEpochSecond(expires + step - seconds));
  }

  /** The address for an upload, with the rest of the lifetime from now. */
  String upload(ObjectKey object, long size, Instant expiry) {
    long expires = expiry.getEpochSecond();
    String signature = sign(UPLOAD, object.toString(), Long.toString(size), Long.toString(expires));
    return path(object) + "?expires=" + expires + "&size=" + size + "&signature=" + signature;
  }

  private String path(ObjectKey object) {
    return "/files/" + bucket + "/" + StorageUri.encodePath(object.toString());
  }

  /** Whether an address for a download may be used. */
  Admission admitDownload(String object, String expires, String signature) {
    return SECONDS.matcher(expires).matches()
        ? admit(object, expires, sign(DOWNLOAD, object, expires), signature)
        : new Admission.Refused();
  }

  /** Whether an address for an upload may be used. */
  Admission admitUpload(String object, String size, String expires, String signature) {
    return SECONDS.matcher(expires).matches() && SIZE.matcher(size).matches()
        ? admit(object, expires, sign(UPLOAD, object, size, expires), signature)
        : new Admission.Refused();
  }

  private Admission admit(String object, String expires, String expected, String signature) {
    boolean genuine =
        MessageDigest.isEqual(
            expected.getBytes(StandardCharsets.UTF_8), signature.getBytes(StandardCharsets.UTF_8));
    if (!genuine) {
      return new Admission.Refused();
    }
    Instant expiry = Instant.ofEpochSecond(Long.parseLong(expires));
    Duration validFor = Duration.between(clock.instant(), expiry);
    if (validFor.isNegative() || validFor.isZero()) {
      return new Admission.Expired();
    }
    return new Admission.Granted(ObjectKey.of(object), validFor);
  }

  /** No part has a line break but in a forged address, where it makes one part too many. */
  private String sign(String purpose, String... parts) {
    String text = purpose + '\n' + bucket + '\n' + String.join("\n", parts);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
      byte[] signature = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has " + ALGORITHM, e);
    }
  }
}
