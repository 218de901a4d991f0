package dev.hotupdater.servlet;

import dev.hotupdater.http.MalformedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;

/** Where a client has reached the application, as the container reports it. */
record Origin(String scheme, String host, int port, String contextPath) {
  static Origin of(HttpServletRequest request) {
    return new Origin(
        request.getScheme(),
        request.getServerName(),
        request.getServerPort(),
        request.getContextPath());
  }

  /**
   * The address of the application.
   *
   * @throws MalformedRequestException if the client has made up something as its Host header, which
   *     the container lets through
   */
  URI baseUri() {
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    boolean defaultPort = port == (scheme.equals("https") ? 443 : 80);
    String authority =
        (bareIpv6 ? "[" + host + "]" : host) + (defaultPort || port <= 0 ? "" : ":" + port);
    try {
      return URI.create(scheme + "://" + authority + contextPath);
    } catch (IllegalArgumentException e) {
      throw new MalformedRequestException("The Host header is not the name of a host.");
    }
  }
}
