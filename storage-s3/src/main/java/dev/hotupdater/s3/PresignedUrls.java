package dev.hotupdater.s3;

import dev.hotupdater.storage.DownloadAddress;
import dev.hotupdater.storage.UploadAddress;
import dev.hotupdater.storage.WritableStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedGetObjectRequest;
import software.amazon.awssdk.services.s3.presigner.model.PresignedPutObjectRequest;

/** Addresses that the service itself checks, signed with the credentials of this server. */
final class PresignedUrls implements Downloads {
  /** Every HTTP client sends these on its own, and some refuse to be given them. */
  private static final Set<String> SENT_BY_EVERY_CLIENT = Set.of("host", "content-length");

  private final S3Connection connection;
  private final S3Errors errors;
  private final String bucket;
  private final Duration downloadLifetime;
  private final Duration uploadLifetime;

  PresignedUrls(
      S3Connection connection,
      S3Errors errors,
      String bucket,
      Duration downloadLifetime,
      Duration uploadLifetime) {
    this.connection = connection;
    this.errors = errors;
    this.bucket = bucket;
    this.downloadLifetime = downloadLifetime;
    this.uploadLifetime = uploadLifetime;
  }

  @Override
  public DownloadAddress address(String storedKey) {
    return errors.call(S3Action.SIGN, "'" + storedKey + "'", () -> download(storedKey));
  }

  private DownloadAddress download(String storedKey) {
    Optional<AwsCredentials> credentials = connection.credentials();
    GetObjectRequest.Builder request = GetObjectRequest.builder().bucket(bucket).key(storedKey);
    credentials.ifPresent(use -> request.overrideConfiguration(with(use)));
    PresignedGetObjectRequest signed =
        connection
            .presigner()
            .presignGetObject(
                presigning ->
                    presigning
                        .signatureDuration(downloadLifetime)
                        .getObjectRequest(request.build()));
    return DownloadAddress.expiring(
        signed.url().toExternalForm(), expiry(signed.expiration(), credentials));
  }

  /** Where a client uploads an object, with everything signed that it has to send. */
  UploadAddress upload(String storedKey, long size, String contentType) {
    return signUpload(
        put(storedKey, size).contentType(contentType).cacheControl(WritableStorage.CACHE_CONTROL),
        storedKey);
  }

  /** Where a client uploads an object that sends nothing but the bytes and their number. */
  UploadAddress plainUpload(String storedKey, long size) {
    return signUpload(put(storedKey, size), storedKey);
  }

  private PutObjectRequest.Builder put(String storedKey, long size) {
    return PutObjectRequest.builder().bucket(bucket).key(storedKey).contentLength(size);
  }

  private UploadAddress signUpload(PutObjectRequest.Builder request, String storedKey) {
    return errors.call(S3Action.SIGN, "'" + storedKey + "'", () -> signUpload(request));
  }

  private UploadAddress signUpload(PutObjectRequest.Builder request) {
    Optional<AwsCredentials> credentials = connection.credentials();
    credentials.ifPresent(use -> request.overrideConfiguration(with(use)));
    PresignedPutObjectRequest signed =
        connection
            .presigner()
            .presignPutObject(
                presigning ->
                    presigning.signatureDuration(uploadLifetime).putObjectRequest(request.build()));
    return UploadAddress.of(
        "PUT",
        signed.url().toExternalForm(),
        headers(signed.signedHeaders()),
        expiry(signed.expiration(), credentials));
  }

  private static Map<String, String> headers(Map<String, List<String>> signed) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    signed.forEach(
        (name, values) -> {
          if (!SENT_BY_EVERY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
            headers.put(name, String.join(",", values));
          }
        });
    return headers;
  }

  /** One set of credentials for the signature and for when it stops to work. */
  private static AwsRequestOverrideConfiguration with(AwsCredentials credentials) {
    return AwsRequestOverrideConfiguration.builder()
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .build();
  }

  /** A signature has whole seconds, and is worth nothing once its credentials have expired. */
  private static Instant expiry(Instant signed, Optional<AwsCredentials> credentials) {
    Instant expiry = signed.truncatedTo(ChronoUnit.SECONDS);
    return credentials
        .flatMap(AwsCredentials::expirationTime)
        .filter(end -> end.isBefore(expiry))
        .orElse(expiry);
  }
}
