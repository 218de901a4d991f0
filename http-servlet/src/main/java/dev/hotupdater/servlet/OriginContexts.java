package dev.hotupdater.servlet;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.MalformedRequestException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of requests, made once per origin, since most clients come by way of the same few.
 * Clients can make up origins: the one that came last has its place, and there are a few places.
 * Safe for use by many threads.
 */
final class OriginContexts {
  private static final int PLACES = 64;

  private final AtomicReferenceArray<@Nullable Known> places = new AtomicReferenceArray<>(PLACES);

  private record Known(Origin origin, RequestContext context) {}

  /**
   * The context of a request from this origin.
   *
   * @throws MalformedRequestException if the origin is not an address
   */
  RequestContext of(Origin origin) {
    int place = Math.floorMod(origin.hashCode(), PLACES);
    Known known = places.get(place);
    if (known == null || !known.origin().equals(origin)) {
      known = new Known(origin, RequestContext.none().withBaseUri(origin.baseUri()));
      places.set(place, known);
    }
    return known.context();
  }
}
