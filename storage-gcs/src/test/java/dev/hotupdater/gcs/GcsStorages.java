package dev.hotupdater.gcs;

import dev.hotupdater.gcs.standin.GcsStandIn;

/** Storages that use a server in memory with the key of its service account. */
final class GcsStorages {
  private GcsStorages() {}

  static GcsStorage.Builder of(GcsStandIn server) {
    return of(server, GcsStandIn.BUCKET);
  }

  static GcsStorage.Builder of(GcsStandIn server, String bucket) {
    return GcsStorage.builder(bucket)
        .serviceAccount(server.serviceAccountKey())
        .endpoint(server.endpoint());
  }
}
