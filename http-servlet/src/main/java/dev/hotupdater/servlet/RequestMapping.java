package dev.hotupdater.servlet;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpHeaders;
import dev.hotupdater.http.HttpRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Makes a neutral request of a servlet request. */
final class RequestMapping {
  private static final MultipartFormReader FORM_READER = new MultipartFormReader();

  private RequestMapping() {}

  static HttpRequest map(HttpServletRequest request, HttpHeaders headers, RequestContext context) {
    String query = request.getQueryString();
    return HttpRequest.builder(request.getMethod(), rawPath(request))
        .rawQuery(query == null ? "" : query)
        .headers(headers)
        .body(new RequestBody(request))
        .formReader(FORM_READER)
        .remoteAddress(() -> Optional.ofNullable(request.getRemoteAddr()))
        .context(context)
        .build();
  }

  /**
   * The path below the context, from the URI as it came: servlet path and path info are decoded.
   */
  private static String rawPath(HttpServletRequest request) {
    String uri = request.getRequestURI();
    int end = request.getContextPath().length();
    if (!uri.startsWith(request.getContextPath())) {
      return uri;
    }
    if (uri.length() == end) {
      return "/";
    }
    return uri.charAt(end) == '/' ? uri.substring(end) : uri;
  }
}
