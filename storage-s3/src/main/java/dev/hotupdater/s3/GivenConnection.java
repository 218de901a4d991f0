package dev.hotupdater.s3;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Clients that belong to the embedder, who closes them.
 *
 * @param client for calls
 * @param presigner for addresses
 */
record GivenConnection(S3Client client, S3Presigner presigner) implements S3Connection {
  @Override
  public Optional<AwsCredentials> credentials() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // The embedder's, and the embedder may still use them.
  }
}
