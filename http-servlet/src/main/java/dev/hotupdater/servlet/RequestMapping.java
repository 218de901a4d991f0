package dev.hotupdater.servlet;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.MalformedRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;

/** Makes a neutral request of a servlet request. */
final class RequestMapping {
  private static final MultipartFormReader FORM_READER = new MultipartFormReader();

  private RequestMapping() {}

  static HttpRequest map(HttpServletRequest request) throws IOException {
    String query = request.getQueryString();
    return HttpRequest.builder(request.getMethod(), rawPath(request))
        .rawQuery(query == null ? "" : query)
        .headers(headers(request))
        .body(new RequestBody(request.getInputStream()))
        .formReader(FORM_READER)
        .context(RequestContext.none().withBaseUri(baseUri(request)))
        .build();
  }

  /**
   * The path below the context, from the URI as it came: servlet path and path info are decoded.
   */
  private static String rawPath(HttpServletRequest request) {
    String uri = request.getRequestURI();
    String context = request.getContextPath();
    if (uri.equals(context)) {
      return "/";
    }
    return uri.startsWith(context + "/") ? uri.substring(context.length()) : uri;
  }

  private static HttpHeaders headers(HttpServletRequest request) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    try {
      for (String name : Collections.list(request.getHeaderNames())) {
        for (String value : Collections.list(request.getHeaders(name))) {
          headers.add(name, value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedRequestException("A request header has a control character.");
    }
    return headers.build();
  }

  private static URI baseUri(HttpServletRequest request) {
    String scheme = request.getScheme();
    String host = request.getServerName();
    int port = request.getServerPort();
    boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
    boolean defaultPort = port == (scheme.equals("https") ? 443 : 80);
    String authority =
        (bareIpv6 ? "[" + host + "]" : host) + (defaultPort || port <= 0 ? "" : ":" + port);
    try {
      return URI.create(scheme + "://" + authority + request.getContextPath());
    } catch (IllegalArgumentException e) {
      // The container lets through what a client makes up as its Host header.
      throw new MalformedRequestException("The Host header is not the name of a host.");
    }
  }
}
