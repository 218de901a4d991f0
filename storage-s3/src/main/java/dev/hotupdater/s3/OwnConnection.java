package dev.hotupdater.s3;

import dev.hotupdater.storage.StorageException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Clients that are made when they are first used. */
final class OwnConnection implements S3Connection {
  /** What services other than AWS take, whatever they call their regions. */
  private static final String REGION_OF_ENDPOINTS = "us-east-1";

  private final ConnectionSettings settings;
  private volatile @Nullable AwsCredentialsProvider provider;
  private volatile @Nullable S3Client client;
  private volatile @Nullable S3Presigner presigner;
  private boolean closed;

  OwnConnection(ConnectionSettings settings) {
    this.settings = settings;
  }

  @Override
  public S3Client client() {
    S3Client made = client;
    return made != null ? made : makeClient();
  }

  @Override
  public S3Presigner presigner() {
    S3Presigner made = presigner;
    return made != null ? made : makePresigner();
  }

  @Override
  public Optional<AwsCredentials> credentials() {
    AwsCredentialsProvider made = provider;
    return Optional.of((made != null ? made : makeProvider()).resolveCredentials());
  }

  private synchronized S3Client makeClient() {
    S3Client made = client;
    if (made == null) {
      made = newClient(makeProvider());
      client = made;
    }
    return made;
  }

  private synchronized S3Presigner makePresigner() {
    S3Presigner made = presigner;
    if (made == null) {
      made = newPresigner(makeProvider());
      presigner = made;
    }
    return made;
  }

  private synchronized AwsCredentialsProvider makeProvider() {
    requireOpen();
    AwsCredentialsProvider made = provider;
    if (made == null) {
      made = settings.credentials().orElseGet(() -> DefaultCredentialsProvider.builder().build());
      provider = made;
    }
    return made;
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException("The storage has been closed. Build another one.");
    }
  }

  private S3Client newClient(AwsCredentialsProvider credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(credentials)
            .serviceConfiguration(serviceConfiguration())
            // Most services other than AWS do not know the checksums that the SDK would add.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .addPlugin(LegacyMd5Plugin.create())
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(settings.connectTimeout())
                    .socketTimeout(settings.attemptTimeout()))
            .overrideConfiguration(
                limits ->
                    limits
                        .apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout())
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(settings.maxAttempts())
                                .build()));
    settings.endpoint().ifPresent(builder::endpointOverride);
    region().ifPresent(builder::region);
    return builder.build();
  }

  private S3Presigner newPresigner(AwsCredentialsProvider credentials) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .credentialsProvider(credentials)
            .serviceConfiguration(serviceConfiguration());
    settings.endpoint().ifPresent(builder::endpointOverride);
    region().ifPresent(builder::region);
    return builder.build();
  }

  private S3Configuration serviceConfiguration() {
    return S3Configuration.builder()
        .pathStyleAccessEnabled(settings.pathStyle().orElse(settings.endpoint().isPresent()))
        .chunkedEncodingEnabled(false)
        // The HTTP client of the JDK waits too long where a service does not know this.
        .expectContinueEnabled(false)
        .build();
  }

  private Optional<Region> region() {
    return settings
        .region()
        .or(() -> settings.endpoint().map(endpoint -> REGION_OF_ENDPOINTS))
        .map(Region::of);
  }

  @Override
  public synchronized void close() {
    closed = true;
    close(client);
    close(presigner);
    AwsCredentialsProvider made = provider;
    if (settings.credentials().isEmpty() && made instanceof SdkAutoCloseable) {
      ((SdkAutoCloseable) made).close();
    }
    client = null;
    presigner = null;
    provider = null;
  }

  private static void close(@Nullable SdkAutoCloseable made) {
    if (made != null) {
      made.close();
    }
  }
}
