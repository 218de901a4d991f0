package dev.hotupdater.protocol.hotupdater;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what is known of the versions that clients send, of which there are few. Safe for use
 * by many threads.
 */
final class SdkVersions {
  private static final int MAX_REMEMBERED = 256;

  private final Map<String, Boolean> understood = new ConcurrentHashMap<>();

  /** See {@link SdkVersion#understandsUpToDate}. */
  boolean understandUpToDate(Optional<String> header) {
    if (header.isEmpty()) {
      return false;
    }
    Boolean known = understood.get(header.get());
    if (known != null) {
      return known;
    }
    boolean understands = SdkVersion.understandsUpToDate(header);
    // Somebody who makes versions up shall not fill the memory: theirs are worked out each time.
    if (understood.size() < MAX_REMEMBERED && header.get().length() <= SdkVersion.MAX_LENGTH) {
      understood.put(header.get(), understands);
    }
    return understands;
  }
}
