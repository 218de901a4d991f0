package dev.hotupdater.examples.standins;

import dev.hotupdater.examples.server.Environment;
import dev.hotupdater.examples.server.Opened;
import dev.hotupdater.s3.S3Storage;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The S3 that an example uses: the one of {@code S3_BUCKET}, {@code S3_REGION} and {@code
 * S3_ENDPOINT}, with the credentials that the AWS SDK finds, or else a stand-in.
 *
 * @param description what it is, for people
 * @param bucket the name of the bucket
 * @param region the region of the bucket
 * @param endpoint absent for AWS itself
 * @param credentials who asks
 */
public record S3Service(
    String description,
    String bucket,
    String region,
    Optional<URI> endpoint,
    AwsCredentialsProvider credentials) {
  /** The S3 of this environment. A stand-in is started if none is named. */
  public static S3Service of(Environment environment, Opened opened) throws Exception {
    Optional<String> bucket = environment.get("S3_BUCKET");
    return bucket.isPresent() ? real(bucket.get(), environment) : standIn(opened);
  }

  private static S3Service real(String bucket, Environment environment) {
    Optional<URI> endpoint = environment.get("S3_ENDPOINT").map(URI::create);
    return new S3Service(
        "the bucket " + bucket + " of " + endpoint.map(URI::toString).orElse("AWS"),
        bucket,
        environment.get("S3_REGION").orElse("us-east-1"),
        endpoint,
        DefaultCredentialsProvider.builder().build());
  }

  private static S3Service standIn(Opened opened) throws Exception {
    S3StandIn server = opened.add(S3StandIn.start());
    return new S3Service(
        "a stand-in for S3 in memory (S3_BUCKET is not set)",
        S3StandIn.BUCKET,
        "us-east-1",
        Optional.of(server.endpoint()),
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(S3StandIn.ACCESS_KEY_ID, S3StandIn.SECRET_ACCESS_KEY)));
  }

  /** A client, for what is no storage. */
  public S3Client client() {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(region))
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(url -> builder.endpointOverride(url).forcePathStyle(true));
    return builder.build();
  }

  /** A storage in the bucket. */
  public S3Storage storage() {
    S3Storage.Builder builder =
        S3Storage.builder().bucket(bucket).region(region).credentials(credentials);
    endpoint.ifPresent(builder::endpoint);
    return builder.build();
  }
}
