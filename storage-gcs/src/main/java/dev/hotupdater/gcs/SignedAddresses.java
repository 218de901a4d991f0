package dev.hotupdater.gcs;

import com.google.auth.ServiceAccountSigner;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageOptions;
import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.ObjectKey;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.UploadAddress;
import dev.hotupdater.storage.WritableStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Addresses that work without credentials until they expire, for one object and one method. With
 * the key of a service account they are made on the spot; other credentials ask the IAM service.
 */
final class SignedAddresses implements Addresses {
  private final String bucket;
  private final Connection connection;
  private final Duration downloadLifetime;
  private final Duration uploadLifetime;

  SignedAddresses(
      String bucket, Connection connection, Duration downloadLifetime, Duration uploadLifetime) {
    this.bucket = bucket;
    this.connection = connection;
    this.downloadLifetime = downloadLifetime;
    this.uploadLifetime = uploadLifetime;
  }

  @Override
  public DownloadAddress download(ObjectKey key) {
    BlobInfo object = BlobInfo.newBuilder(bucket, key.toString()).build();
    Instant expiry = expiry(downloadLifetime);
    return DownloadAddress.expiring(
        sign(object, downloadLifetime, SignUrlOption.httpMethod(HttpMethod.GET)), expiry);
  }

  /**
   * An address for an upload of exactly this size and type.
   *
   * @param key as it is in the bucket
   */
  UploadAddress upload(ObjectKey key, long size, String contentType) {
    Map<String, String> headers = new TreeMap<>();
    // The library's own option for the type leaves it out of these signatures.
    headers.put("content-type", contentType);
    headers.put("cache-control", WritableStorage.CACHE_CONTROL);
    headers.put("x-goog-content-length-range", size + "," + size);
    return upload(key, headers);
  }

  /**
   * An address for an upload of any size and type.
   *
   * @param key as it is in the bucket
   */
  UploadAddress plainUpload(ObjectKey key) {
    return upload(key, Map.of());
  }

  private UploadAddress upload(ObjectKey key, Map<String, String> headers) {
    BlobInfo object = BlobInfo.newBuilder(bucket, key.toString()).build();
    Instant expiry = expiry(uploadLifetime);
    String url =
        sign(
            object,
            uploadLifetime,
            SignUrlOption.httpMethod(HttpMethod.PUT),
            SignUrlOption.withExtHeaders(headers));
    return UploadAddress.of("PUT", url, headers, expiry);
  }

  /** Signatures carry whole seconds, so that of an address may begin almost a second ago. */
  private static Instant expiry(Duration lifetime) {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(lifetime.toSeconds());
  }

  private String sign(BlobInfo object, Duration lifetime, SignUrlOption... purpose) {
    Storage client = connection.client();
    StorageOptions options = client.getOptions();
    if (!(options.getCredentials() instanceof ServiceAccountSigner)) {
      throw cannotSign();
    }
    List<SignUrlOption> all =
        Stream.concat(
                Stream.of(purpose),
                Stream.of(
                    SignUrlOption.withV4Signature(), SignUrlOption.withHostName(host(options))))
            .toList();
    try {
      return client
          .signUrl(
              object, lifetime.toSeconds(), TimeUnit.SECONDS, all.toArray(SignUrlOption[]::new))
          .toString();
    } catch (RuntimeException e) {
      if (Failures.isBusySigner(e)) {
        throw new StorageUnavailableException(
            "An address could not be signed, as Google's IAM service is overloaded or limits the"
                + " requests. Try again later, or use the key of a service account, which signs"
                + " without it.");
      }
      throw Failures.ofTheNetwork(e)
          .<StorageException>map(
              cause ->
                  new StorageUnavailableException(
                      "An address could not be signed, as Google's IAM service could not be"
                          + " reached. Try again later.",
                      cause))
          .orElseGet(SignedAddresses::cannotSign);
    }
  }

  /** Named in every address, or the library leaves out the port of an endpoint of our own. */
  private static String host(StorageOptions options) {
    String host = options.getHost();
    // Google's own address ends with a slash there, and an address with two is another object's.
    return host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
  }

  private static StorageException cannotSign() {
    return new StorageException(
        "The credentials cannot sign addresses. Use the key of a service account, or credentials of"
            + " one that has the permission iam.serviceAccounts.signBlob on itself (role"
            + " roles/iam.serviceAccountTokenCreator), or set publicUrl for a public bucket.");
  }
}
