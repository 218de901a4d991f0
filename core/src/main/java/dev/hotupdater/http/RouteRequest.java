package dev.hotupdater.http;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.internal.PercentCoding;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A request together with what the pattern of its route has found in the path. */
public final class RouteRequest {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final int SAFE_DIGITS = 18;

  private final HttpRequest http;
  private final Map<String, String> rawParameters;

  RouteRequest(HttpRequest http, Map<String, String> rawParameters) {
    this.http = http;
    this.rawParameters = rawParameters;
  }

  /** The request. */
  public HttpRequest http() {
    return http;
  }

  /** What the embedder attached to the request. */
  public RequestContext context() {
    return http.context();
  }

  /** The first value of a header field. */
  public Optional<String> header(String name) {
    return http.header(name);
  }

  /**
   * A parameter of the path, percent-decoded.
   *
   * @throws MalformedRequestException if it is empty or not valid percent-encoding
   */
  public String parameter(String name) {
    String raw = rawParameters.getOrDefault(name, "");
    if (raw.isEmpty()) {
      throw new MalformedRequestException("Missing route parameter: " + name);
    }
    return PercentCoding.decode(raw)
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "Route parameter '" + name + "' must be percent-encoded UTF-8 without NUL."));
  }

  /** Whether the route's pattern has found this parameter. */
  public boolean hasParameter(String name) {
    return rawParameters.containsKey(name);
  }

  /**
   * The parameters of the query.
   *
   * @throws MalformedRequestException if one is not valid percent-encoding
   */
  public QueryParameters query() {
    return QueryParameters.parse(http.rawQuery());
  }

  /**
   * Reads the whole body.
   *
   * @param limit the most bytes that are read into memory
   * @throws BodyTooLargeException if the body has more
   * @throws MalformedRequestException if the body ends early or cannot be read
   */
  public byte[] body(int limit) {
    checkDeclaredLength(limit);
    try (InputStream body = http.body()) {
      byte[] bytes = body.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new BodyTooLargeException(limit);
      }
      return bytes;
    } catch (IOException e) {
      throw new MalformedRequestException("The request body could not be read to its end.");
    }
  }

  /**
   * Refuses a body whose Content-Length says that it is too large, before anything is read.
   *
   * @throws BodyTooLargeException if it says so
   */
  public void checkDeclaredLength(long limit) {
    OptionalLong declared = declaredLength();
    if (declared.isPresent() && declared.getAsLong() > limit) {
      throw new BodyTooLargeException(limit);
    }
  }

  /**
   * What Content-Length says, if it is there and a number; one too large for a long is the largest.
   */
  OptionalLong declaredLength() {
    Optional<String> declared = header("Content-Length").filter(NUMBER.asMatchPredicate());
    if (declared.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        declared.get().length() > SAFE_DIGITS ? Long.MAX_VALUE : Long.parseLong(declared.get()));
  }
}
