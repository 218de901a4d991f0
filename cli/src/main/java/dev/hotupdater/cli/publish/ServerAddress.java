package dev.hotupdater.cli.publish;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the routes of a server are. */
record ServerAddress(URI base) {
  private static final List<String> SCHEMES = List.of("http", "https");
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

  /** The address in this text; empty if it is none. */
  static Optional<ServerAddress> parse(String text) {
    String trimmed = text.replaceFirst("/+$", "");
    try {
      return Optional.of(URI.create(trimmed))
          .filter(ServerAddress::isHttp)
          .filter(uri -> uri.getRawUserInfo() == null)
          .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null)
          .map(ServerAddress::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether requests can be sent there. */
  static boolean isHttp(URI uri) {
    return uri.getScheme() != null
        && uri.getHost() != null
        && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT));
  }

  /** Whether what is sent there can be read on the way. */
  boolean isUnprotected() {
    return base.getScheme().equalsIgnoreCase("http") && !LOOPBACK.contains(base.getHost());
  }

  URI at(String path) {
    return URI.create(base + path);
  }

  @Override
  public String toString() {
    return base.toString();
  }
}
