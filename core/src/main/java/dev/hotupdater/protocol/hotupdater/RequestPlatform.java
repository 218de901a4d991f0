package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.Platform;
import dev.hotupdater.http.MalformedRequestException;

/** The platform that a request names. */
final class RequestPlatform {
  private static final int MAX_ECHO_LENGTH = 64;

  private RequestPlatform() {}

  /**
   * The platform with this name.
   *
   * @throws MalformedRequestException if there is no such platform
   */
  static Platform parse(String name) {
    return Platform.fromWireName(name)
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "Invalid platform: "
                        + name.substring(0, Math.min(name.length(), MAX_ECHO_LENGTH))
                        + ". Expected 'ios' or 'android'."));
  }
}
