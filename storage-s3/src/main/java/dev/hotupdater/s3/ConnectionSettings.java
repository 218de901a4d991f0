package dev.hotupdater.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * How a service is reached.
 *
 * @param region absent to find it as the SDK does, or where there is an endpoint
 * @param endpoint absent for AWS
 * @param pathStyle whether the bucket is part of the path; absent for the default
 * @param credentials absent to find them as the SDK does
 * @param connectTimeout the limit for opening a connection
 * @param attemptTimeout the limit for one attempt of a call
 * @param callTimeout the limit for a call with its repetitions
 * @param maxAttempts how often a call is tried
 */
record ConnectionSettings(
    Optional<String> region,
    Optional<URI> endpoint,
    Optional<Boolean> pathStyle,
    Optional<AwsCredentialsProvider> credentials,
    Duration connectTimeout,
    Duration attemptTimeout,
    Duration callTimeout,
    int maxAttempts) {}
