package dev.hotupdater.s3;

import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The clients of a service. Safe for use by many threads. */
interface S3Connection extends AutoCloseable {
  /** The client for calls. */
  S3Client client();

  /** What signs addresses; makes no calls. */
  S3Presigner presigner();

  /** The credentials to sign with now; absent if the presigner has its own. */
  Optional<AwsCredentials> credentials();

  /** Closes what was opened for this connection. */
  @Override
  void close();
}
