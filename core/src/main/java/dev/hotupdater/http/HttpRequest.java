package dev.hotupdater.http;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.context.RequestContext;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request, as a binding hands it over. Immutable but for its body, which can be read once.
 *
 * <p>Body and header fields may be those of the server's own request: they are valid until the
 * request is answered. The rest may be kept.
 */
public final class HttpRequest {
  private final String method;
  private final String rawPath;
  private final String rawQuery;
  private final HttpHeaders headers;
  private final InputStream body;
  private final @Nullable FormReader formReader;
  private final Supplier<Optional<String>> remoteAddress;
  private final RequestContext context;

  private HttpRequest(Builder builder) {
    method = builder.method;
    rawPath = builder.rawPath;
    rawQuery = builder.rawQuery;
    headers = builder.headers;
    body = builder.body == null ? InputStream.nullInputStream() : builder.body;
    formReader = builder.formReader;
    remoteAddress = builder.remoteAddress;
    context = builder.context;
  }

  /**
   * A builder.
   *
   * @param method the method, in upper case
   * @param rawPath the path as it came, percent-encoded, without query
   */
  public static Builder builder(String method, String rawPath) {
    return new Builder(method, rawPath);
  }

  /** A builder that starts with the values of this request. */
  public Builder toBuilder() {
    Builder builder = new Builder(method, rawPath);
    builder.rawQuery = rawQuery;
    builder.headers = headers;
    builder.body = body;
    builder.formReader = formReader;
    builder.remoteAddress = remoteAddress;
    builder.context = context;
    return builder;
  }

  /** The method, in upper case. */
  public String method() {
    return method;
  }

  /** The path as it came, percent-encoded, without query. */
  public String rawPath() {
    return rawPath;
  }

  /** The query as it came, percent-encoded, without question mark; {@code ""} if there is none. */
  public String rawQuery() {
    return rawQuery;
  }

  /** The header fields; {@link HttpHeaders#copyOf} keeps them for longer than the request. */
  public HttpHeaders headers() {
    return headers;
  }

  /** The first value of a header field. */
  public Optional<String> header(String name) {
    return headers.first(name);
  }

  /** The body; an empty stream if there is none. Can be read once. */
  public InputStream body() {
    return body;
  }

  /** Reads a body of type {@code multipart/form-data}; absent if the binding has no reader. */
  public Optional<FormReader> formReader() {
    return Optional.ofNullable(formReader);
  }

  /**
   * The IP address of the client, or of the proxy that has passed the request on, if the server
   * does not look behind it; absent if the binding does not tell.
   */
  public Optional<String> remoteAddress() {
    return remoteAddress.get();
  }

  /** What the embedder attached to the request, and where the client reached the server. */
  public RequestContext context() {
    return context;
  }

  /** Builds an {@link HttpRequest}. Not thread-safe. */
  public static final class Builder {
    private String method;
    private String rawPath;
    private String rawQuery = "";
    private HttpHeaders headers = HttpHeaders.empty();
    private @Nullable InputStream body;
    private @Nullable FormReader formReader;
    private Supplier<Optional<String>> remoteAddress = Optional::empty;
    private RequestContext context = RequestContext.none();

    private Builder(String method, String rawPath) {
      this.method = requireNonNull(method, "method");
      this.rawPath = requireNonNull(rawPath, "rawPath");
    }

    /** Sets {@link HttpRequest#method()}. */
    public Builder method(String method) {
      this.method = requireNonNull(method, "method");
      return this;
    }

    /** Sets {@link HttpRequest#rawPath()}. */
    public Builder rawPath(String rawPath) {
      this.rawPath = requireNonNull(rawPath, "rawPath");
      return this;
    }

    /** Sets {@link HttpRequest#rawQuery()}; the default is {@code ""}. */
    public Builder rawQuery(String rawQuery) {
      this.rawQuery = requireNonNull(rawQuery, "rawQuery");
      return this;
    }

    /** Sets {@link HttpRequest#headers()}; the default is none. */
    public Builder headers(HttpHeaders headers) {
      this.headers = requireNonNull(headers, "headers");
      return this;
    }

    /** Sets {@link HttpRequest#body()}; the default is an empty one. */
    public Builder body(InputStream body) {
      this.body = requireNonNull(body, "body");
      return this;
    }

    /** Sets {@link HttpRequest#formReader()}; the default is none. */
    public Builder formReader(FormReader formReader) {
      this.formReader = requireNonNull(formReader, "formReader");
      return this;
    }

    /**
     * Sets {@link HttpRequest#remoteAddress()}, which is worked out when it is asked for; the
     * default is none.
     */
    public Builder remoteAddress(Supplier<Optional<String>> remoteAddress) {
      this.remoteAddress = requireNonNull(remoteAddress, "remoteAddress");
      return this;
    }

    /** Sets {@link HttpRequest#context()}; the default is {@link RequestContext#none()}. */
    public Builder context(RequestContext context) {
      this.context = requireNonNull(context, "context");
      return this;
    }

    /** Builds the request. */
    public HttpRequest build() {
      return new HttpRequest(this);
    }
  }
}
