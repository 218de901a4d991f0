package dev.hotupdater.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.storage.DownloadAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks for signed download addresses, many at once. One alone is asked for in the same way: the
 * endpoint for a single object signs the URL as it was sent, so that the address of a key with a
 * {@code ?} or {@code ;} would not work.
 */
final class Signer {
  /** So many keys of the greatest length stay below the megabyte that a request may have. */
  static final int MAX_KEYS = 500;

  /** A JSON Web Token is all that is taken from the answer; the rest of the URL is known. */
  private static final Pattern TOKEN = Pattern.compile("[?&]token=([A-Za-z0-9._-]+)(?:&|$)");

  private final Api api;
  private final Endpoints endpoints;
  private final Duration lifetime;
  private final Clock clock;

  Signer(Api api, Endpoints endpoints, Duration lifetime, Clock clock) {
    this.api = api;
    this.endpoints = endpoints;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /** The addresses by key. An object that does not exist has none. */
  Map<String, DownloadAddress> sign(List<String> keys) throws RefusedException {
    Map<String, DownloadAddress> addresses = new HashMap<>();
    for (List<String> some : Chunks.of(keys, MAX_KEYS)) {
      addresses.putAll(signChunk(some));
    }
    return addresses;
  }

  private Map<String, DownloadAddress> signChunk(List<String> keys) throws RefusedException {
    // Before the call, as the token counts from when the server makes it.
    Instant expiry = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(lifetime);
    ObjectNode body = Json.MAPPER.createObjectNode().put("expiresIn", lifetime.toSeconds());
    ArrayNode paths = body.putArray("paths");
    keys.forEach(paths::add);
    JsonNode answer = api.exchange("POST", endpoints.sign(), body);
    if (!answer.isArray()) {
      throw Json.unexpected();
    }
    Map<String, DownloadAddress> addresses = new HashMap<>();
    for (JsonNode entry : answer) {
      String key = entry.path("path").asText();
      token(entry)
          .map(token -> endpoints.signedDownload(key, token))
          .ifPresent(url -> addresses.put(key, DownloadAddress.expiring(url, expiry)));
    }
    addresses.keySet().retainAll(Set.copyOf(keys));
    return addresses;
  }

  private static Optional<String> token(JsonNode entry) {
    JsonNode url = entry.path("signedURL");
    if (!url.isTextual()) {
      return Optional.empty();
    }
    Matcher matcher = TOKEN.matcher(url.asText());
    if (!matcher.find()) {
      throw Json.unexpected();
    }
    return Optional.of(matcher.group(1));
  }
}
