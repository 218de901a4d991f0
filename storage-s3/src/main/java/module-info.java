/**
 * Keeps files, and bundles, in Amazon S3, Cloudflare R2, MinIO and other services with the S3
 * protocol.
 */
@SuppressWarnings("module") // The service has a digit in its name.
module dev.hotupdater.s3 {
  requires transitive dev.hotupdater.core;
  requires transitive software.amazon.awssdk.auth;
  requires transitive software.amazon.awssdk.services.s3;
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;
  requires software.amazon.awssdk.awscore;
  requires software.amazon.awssdk.core;
  requires software.amazon.awssdk.http;
  requires software.amazon.awssdk.http.urlconnection;
  requires software.amazon.awssdk.identity.spi;
  requires software.amazon.awssdk.regions;
  requires software.amazon.awssdk.retries;
  requires software.amazon.awssdk.retries.api;
  requires software.amazon.awssdk.utils;
  requires static org.jspecify;

  exports dev.hotupdater.s3;
  exports dev.hotupdater.s3.database;
}
