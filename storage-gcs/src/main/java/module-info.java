/** Keeps files in Google Cloud Storage and Firebase Storage. */
module dev.hotupdater.gcs {
  requires transitive dev.hotupdater.core;
  requires transitive com.google.auth;
  requires transitive google.cloud.storage;
  requires com.google.api.client;
  requires com.google.auth.oauth2;
  // Modules themselves, of which the library's jars, being none, cannot say that they need them.
  requires com.google.common;
  requires com.google.gson;
  requires gax;
  requires google.cloud.core;
  requires google.cloud.core.http;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.hotupdater.gcs;
}
