package dev.hotupdater.supabase;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.storage.StorageException;
import dev.hotupdater.storage.StorageUnavailableException;
import dev.hotupdater.storage.StorageUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Deletes objects, many with one call. One alone is deleted in the same way, as the endpoint for a
 * single object fails if it is missing.
 */
final class Deletions {
  /** Twice as many are allowed, but a request may not have more than a megabyte. */
  private static final int MAX_KEYS = 500;

  private final Api api;
  private final Endpoints endpoints;

  Deletions(Api api, Endpoints endpoints) {
    this.api = api;
    this.endpoints = endpoints;
  }

  /** Deletes as many as can be, and says of the others why not. */
  Map<StorageUri, String> deleteAll(List<StorageUri> uris) {
    Map<StorageUri, String> failures = new LinkedHashMap<>();
    Optional<String> outage = Optional.empty();
    for (List<StorageUri> some : Chunks.of(uris, MAX_KEYS)) {
      if (outage.isPresent()) {
        String message = outage.get();
        some.forEach(uri -> failures.put(uri, message));
        continue;
      }
      try {
        delete(some.stream().map(StorageUri::key).toList());
      } catch (StorageUnavailableException e) {
        // A service that is down must not be waited for once per call.
        outage = Optional.of(String.valueOf(e.getMessage()));
        some.forEach(uri -> failures.put(uri, String.valueOf(e.getMessage())));
      } catch (StorageException e) {
        some.forEach(uri -> failures.put(uri, String.valueOf(e.getMessage())));
      }
    }
    return failures;
  }

  /** Deletes objects, not more than fit into one call. */
  void delete(List<String> keys) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    ArrayNode prefixes = body.putArray("prefixes");
    keys.forEach(prefixes::add);
    try {
      if (!api.exchange("DELETE", endpoints.objects(), body).isArray()) {
        throw Json.unexpected();
      }
    } catch (RefusedException e) {
      throw e.explained();
    }
  }
}
