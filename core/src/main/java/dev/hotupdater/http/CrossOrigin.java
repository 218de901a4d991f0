package dev.hotupdater.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which web pages of other origins may read the answers of routes (CORS). Pages never get to use
 * the cookies of this server. Immutable, safe for use by many threads.
 *
 * <p>What is refused before a route is reached, such as a request without the right token, has no
 * such permission: a page sees that as an error of the network.
 *
 * <p>Source: the Fetch standard, "HTTP extensions".
 */
public final class CrossOrigin {
  private static final String ANY = "*";
  private static final Pattern ORIGIN =
      Pattern.compile("[a-z][a-z0-9+.-]{0,31}://[a-z0-9._-]{1,255}(?::[0-9]{1,5})?");
  private static final String REQUEST_HEADERS =
      "Accept, Authorization, Cache-Control, Content-Type, If-Match, If-None-Match, If-Range, Range,"
          + " X-App-Id, X-App-Platform, X-App-Version, X-Device-Id";
  private static final String RESPONSE_HEADERS =
      "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Retry-After";
  private static final String MAX_AGE_SECONDS = "7200";

  private final Set<String> origins;

  private CrossOrigin(Set<String> origins) {
    this.origins = origins;
  }

  /** No page of another origin. */
  public static CrossOrigin none() {
    return new CrossOrigin(Set.of());
  }

  /** Every page. */
  public static CrossOrigin any() {
    return new CrossOrigin(Set.of(ANY));
  }

  /**
   * Pages of these origins alone.
   *
   * @param origins such as {@code https://app.example.com}, {@code capacitor://localhost} or {@code
   *     http://localhost:8100}: scheme, host and port exactly as browsers send them, in lower case
   * @throws IllegalArgumentException if one is not of this form
   */
  public static CrossOrigin of(Collection<String> origins) {
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw new IllegalArgumentException(
            "'"
                + origin
                + "' is not an origin. Give scheme, host and port in lower case, without a path and"
                + " a slash at the end, such as https://app.example.com.");
      }
    }
    return new CrossOrigin(Set.copyOf(origins));
  }

  /**
   * These routes, whose answers say which pages may read them, and routes for what browsers ask
   * before they send some requests.
   */
  public List<Route> applyTo(List<Route> routes) {
    if (origins.isEmpty()) {
      return routes;
    }
    List<Route> applied = new ArrayList<>();
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    for (Route route : routes) {
      RouteHandler handler = route.handler();
      applied.add(
          route.answering(
              route.method(), request -> permitted(request.http(), handler.handle(request))));
      methods.computeIfAbsent(route.pattern(), any -> new LinkedHashSet<>()).add(route.method());
    }
    for (Route route : routes) {
      Optional<Set<String>> all = Optional.ofNullable(methods.remove(route.pattern()));
      all.ifPresent(each -> applied.add(preflight(route, String.join(", ", withHead(each)))));
    }
    return List.copyOf(applied);
  }

  /**
   * A rule of who may use routes that lets in what browsers ask before a request, since they ask it
   * without credentials. To be used for routes that this was applied to.
   */
  public Access openedTo(Access access) {
    return origins.isEmpty()
        ? access
        : Access.custom(request -> request.method().equals("OPTIONS") || access.allows(request));
  }

  private static Set<String> withHead(Set<String> methods) {
    Set<String> all = new LinkedHashSet<>(methods);
    if (all.contains("GET")) {
      all.add("HEAD");
    }
    return all;
  }

  private Route preflight(Route route, String methods) {
    return route.answering(
        "OPTIONS",
        request -> {
          HttpResponse.Builder answer = HttpResponse.status(204);
          vary(answer, "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
          allowed(request.http())
              .ifPresent(
                  origin ->
                      answer
                          .header("Access-Control-Allow-Origin", origin)
                          .header("Access-Control-Allow-Methods", methods)
                          .header("Access-Control-Allow-Headers", REQUEST_HEADERS)
                          .header("Access-Control-Max-Age", MAX_AGE_SECONDS));
          return answer.build();
        });
  }

  private HttpResponse permitted(HttpRequest request, HttpResponse answer) {
    HttpResponse.Builder permitted = answer.toBuilder();
    vary(
        permitted,
        answer.headers().first("Vary").map(names -> names + ", Origin").orElse("Origin"));
    allowed(request)
        .ifPresent(
            origin ->
                permitted
                    .header("Access-Control-Allow-Origin", origin)
                    .header("Access-Control-Expose-Headers", RESPONSE_HEADERS));
    return permitted.build();
  }

  /** What is the same for all pages does not depend on which of them asks. */
  private void vary(HttpResponse.Builder answer, String names) {
    if (!origins.contains(ANY)) {
      answer.header("Vary", names);
    }
  }

  private Optional<String> allowed(HttpRequest request) {
    return origins.contains(ANY)
        ? Optional.of(ANY)
        : request.header("Origin").filter(origins::contains);
  }
}
