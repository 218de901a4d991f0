package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * An answer. One whose body is in memory is immutable: it may be kept, and returned for any number
 * of requests, by many threads at once. A body that is read from a stream can be written once, so
 * its answer is for one request. Bodies of both kinds must be closed.
 */
public final class HttpResponse {
  private final int status;
  private final HttpHeaders headers;
  private final HttpBody body;

  private HttpResponse(Builder builder) {
    status = builder.status;
    headers = builder.headers.build();
    body = builder.body;
  }

  /** A builder for an answer with this status and an empty body. */
  public static Builder status(int status) {
    return new Builder(status);
  }

  /** An answer of JSON text. */
  public static HttpResponse json(int status, String json) {
    return status(status).json(json).build();
  }

  /** A builder for an answer of JSON text that nobody may keep. */
  public static Builder uncached(int status, String json) {
    return status(status).header("Cache-Control", "no-store").json(json);
  }

  /** A builder that starts with this answer, and has its body. */
  public Builder toBuilder() {
    Builder builder = new Builder(status).body(body);
    headers.forEach(builder.headers::add);
    return builder;
  }

  /** The status code. */
  public int status() {
    return status;
  }

  /** The header fields, without Content-Length, which follows from the body. */
  public HttpHeaders headers() {
    return headers;
  }

  /** The body; for an answer to HEAD it is the one that GET would have got, not to be written. */
  public HttpBody body() {
    return body;
  }

  /** Builds an {@link HttpResponse}. Not thread-safe. */
  public static final class Builder {
    private final int status;
    private final HttpHeaders.Builder headers = HttpHeaders.builder();
    private HttpBody body = HttpBody.empty();

    private Builder(int status) {
      this.status = status;
    }

    /** Sets a header field. */
    public Builder header(String name, String value) {
      headers.set(name, value);
      return this;
    }

    /** Sets the body. */
    public Builder body(HttpBody body) {
      this.body = requireNonNull(body, "body");
      return this;
    }

    /** Sets the body to JSON text, and the header that says so. */
    public Builder json(String json) {
      header("Content-Type", "application/json");
      return body(HttpBody.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Builds the answer. */
    public HttpResponse build() {
      return new HttpResponse(this);
    }
  }
}
