package dev.hotupdater.gcs;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.StorageRetryStrategy;
import dev.hotupdater.storage.StorageException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that is made when it is first needed, and closed by us. */
final class OwnConnection implements Connection {
  private static final Logger log = LoggerFactory.getLogger(OwnConnection.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

  /**
   * What the client's options are.
   *
   * @param projectId the project, or that of the credentials
   * @param endpoint the address of the service, or Google's own
   * @param maxAttempts how often a call is made until it works
   */
  record Settings(
      CredentialsSource credentials,
      Optional<String> projectId,
      Optional<URI> endpoint,
      Duration connectTimeout,
      Duration readTimeout,
      int maxAttempts) {}

  private final Settings settings;
  private @Nullable Storage client;
  private boolean closed;

  OwnConnection(Settings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized Storage client() {
    if (closed) {
      throw new StorageException("The storage is closed. Make a new one.");
    }
    if (client == null) {
      client = options().getService();
    }
    return client;
  }

  private StorageOptions options() {
    Credentials credentials = settings.credentials().load();
    HttpStorageOptions.Builder options =
        StorageOptions.http()
            .setCredentials(credentials)
            .setProjectId(projectId(credentials))
            .setRetrySettings(retries())
            // Each of our calls may be repeated: it has the same outcome as once.
            .setStorageRetryStrategy(StorageRetryStrategy.getUniformStorageRetryStrategy())
            .setTransportOptions(
                HttpTransportOptions.newBuilder()
                    .setHttpTransportFactory(NetHttpTransport::new)
                    .setConnectTimeout((int) settings.connectTimeout().toMillis())
                    .setReadTimeout((int) settings.readTimeout().toMillis())
                    .build());
    settings.endpoint().map(URI::toString).ifPresent(options::setHost);
    return options.build();
  }

  /** Never empty, or the library would search the environment and the network for one. */
  private String projectId(Credentials credentials) {
    return settings
        .projectId()
        .or(
            () ->
                credentials instanceof ServiceAccountCredentials account
                    ? Optional.ofNullable(account.getProjectId())
                    : Optional.empty())
        .orElse("-");
  }

  private RetrySettings retries() {
    Duration oneAttempt = settings.connectTimeout().plus(settings.readTimeout());
    return RetrySettings.newBuilder()
        .setMaxAttempts(settings.maxAttempts())
        .setInitialRetryDelayDuration(FIRST_PAUSE)
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(LONGEST_PAUSE)
        .setTotalTimeoutDuration(
            oneAttempt.plus(LONGEST_PAUSE).multipliedBy(settings.maxAttempts()))
        .build();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (client == null) {
      return;
    }
    try {
      client.close();
    } catch (Exception e) {
      log.warn("The Google Cloud Storage client could not be closed ({})", e.getClass().getName());
    }
  }
}
