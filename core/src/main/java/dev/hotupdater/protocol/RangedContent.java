package dev.hotupdater.protocol;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.http.ContentDisposition;
import dev.hotupdater.http.HttpBody;
import dev.hotupdater.http.HttpRequest;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RangeRequest;
import dev.hotupdater.http.Validators;
import dev.hotupdater.storage.ByteRange;
import dev.hotupdater.storage.ContentTypes;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Content that clients download whole or in parts. Immutable.
 *
 * <p>Source: RFC 9110, sections 13 and 14.
 *
 * @param size how many bytes it has
 * @param validators what its state is recognised by
 * @param fileName the name that a client should save it under, without folders
 * @param cacheControl how long a client may keep it
 */
public record RangedContent(
    long size, Validators validators, String fileName, String cacheControl) {
  /** Refuses null. */
  public RangedContent {
    requireNonNull(validators, "validators");
    requireNonNull(fileName, "fileName");
    requireNonNull(cacheControl, "cacheControl");
  }

  /**
   * The answer to a request for it.
   *
   * @param open opens a range of it; asked only if there are bytes to send
   */
  public HttpResponse answer(HttpRequest request, Function<ByteRange, InputStream> open) {
    return switch (validators.verdict(request)) {
      case NOT_MODIFIED -> cacheable(304).build();
      case PRECONDITION_FAILED ->
          HttpResponse.uncached(412, "{\"error\":\"The file is not the expected one\"}").build();
      case PROCEED -> content(request, open);
    };
  }

  private HttpResponse content(HttpRequest request, Function<ByteRange, InputStream> open) {
    RangeRequest range =
        validators.allowRange(request) ? RangeRequest.of(request, size) : new RangeRequest.Whole();
    if (range instanceof RangeRequest.Unsatisfiable unsatisfiable) {
      return HttpResponse.uncached(416, "{\"error\":\"The file has no such range\"}")
          .header("Content-Range", unsatisfiable.contentRange())
          .build();
    }
    if (range instanceof RangeRequest.Part part) {
      ByteRange bytes = new ByteRange(part.first(), part.length());
      return file(206, body(request, open, bytes, part.length()))
          .header("Content-Range", part.contentRange())
          .build();
    }
    return file(200, body(request, open, ByteRange.ALL, size)).build();
  }

  /** Who asks with HEAD gets the length without anything being opened. */
  private static HttpBody body(
      HttpRequest request, Function<ByteRange, InputStream> open, ByteRange range, long length) {
    InputStream content =
        request.method().equals("HEAD") ? InputStream.nullInputStream() : open.apply(range);
    return HttpBody.of(content, length);
  }

  private HttpResponse.Builder file(int status, HttpBody body) {
    return cacheable(status)
        .header("Accept-Ranges", "bytes")
        .header("Content-Type", ContentTypes.forFileName(fileName))
        .header("Content-Disposition", new ContentDisposition(fileName).toString())
        // A browser must not take what somebody has published for a page of this server.
        .header("X-Content-Type-Options", "nosniff")
        .body(body);
  }

  private HttpResponse.Builder cacheable(int status) {
    HttpResponse.Builder response =
        HttpResponse.status(status).header("Cache-Control", cacheControl);
    validators.addTo(response);
    return response;
  }
}
