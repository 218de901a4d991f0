package dev.hotupdater.gcs;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.hotupdater.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the credentials come from, asked when they are first needed. */
@FunctionalInterface
interface CredentialsSource {
  /**
   * The credentials.
   *
   * @throws StorageException if there are none
   */
  Credentials load();

  /** The credentials that Google's tools find in the environment. */
  static CredentialsSource applicationDefault() {
    return () -> {
      try {
        return GoogleCredentials.getApplicationDefault();
      } catch (IOException e) {
        throw new StorageException(
            "There are no application default credentials. Set GOOGLE_APPLICATION_CREDENTIALS to"
                + " the path of a service account key, or give credentials to the builder.");
      }
    };
  }

  /** The key of a service account in a file. */
  static CredentialsSource keyFile(Path file) {
    return () -> {
      try (InputStream json = Files.newInputStream(file)) {
        return parse(json);
      } catch (IOException e) {
        throw new StorageException(
            "The service account key " + file + " cannot be read. Check its path and permissions.",
            e);
      } catch (IllegalArgumentException e) {
        throw new StorageException(
            file + " is no service account key in JSON. Download a new one.");
      }
    };
  }

  /**
   * The key of a service account, as JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  static CredentialsSource key(InputStream json) {
    Credentials credentials = parse(json);
    return () -> credentials;
  }

  /** Without a cause in what it throws, as that may quote the key. */
  private static Credentials parse(InputStream json) {
    try {
      return ServiceAccountCredentials.fromStream(json);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("Not the JSON of a service account key");
    }
  }
}
