package dev.hotupdater.context;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the request that an operation is done for: its origin, and whatever the
 * embedder attached, such as a tenant or a signed-in user. Databases and storages receive it with
 * every call. Immutable, if the attached values are.
 *
 * <p>What a database answers for a context is cached for all contexts with an equal {@link
 * #cacheKey()}, and not at all for a context without a key. A context with no attributes has the
 * key {@code ""}.
 */
public final class RequestContext {
  private static final RequestContext NONE = new RequestContext(Map.of(), Optional.of(""), null);

  private final Map<String, Object> attributes;
  private final Optional<String> cacheKey;
  private final @Nullable URI baseUri;

  private RequestContext(
      Map<String, Object> attributes, Optional<String> cacheKey, @Nullable URI baseUri) {
    this.attributes = Map.copyOf(attributes);
    this.cacheKey = cacheKey;
    this.baseUri = baseUri;
  }

  /** The context of an operation that no request asked for. */
  public static RequestContext none() {
    return NONE;
  }

  /**
   * This context with one more attribute, and without a cache key, so that nothing is cached until
   * {@link #withCacheKey} says what it depends on.
   */
  public RequestContext with(String name, Object value) {
    Map<String, Object> extended = new LinkedHashMap<>(attributes);
    extended.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
    return new RequestContext(extended, Optional.empty(), baseUri);
  }

  /**
   * This context with a cache key.
   *
   * <p>What is kept under a key is renewed in the background with the context of a request that has
   * ended by then; so attach values that outlive their request.
   *
   * @param cacheKey the same for all contexts for which every plugin answers the same, for example
   *     the name of the tenant
   */
  public RequestContext withCacheKey(String cacheKey) {
    return new RequestContext(attributes, Optional.of(cacheKey), baseUri);
  }

  /**
   * This context with the address under which the client reached the server, up to and without the
   * base path of the routes, such as {@code https://updates.example.com}.
   */
  public RequestContext withBaseUri(URI baseUri) {
    return new RequestContext(attributes, cacheKey, requireNonNull(baseUri, "baseUri"));
  }

  /** The attribute with this name, if it was attached and is of this type. */
  public <T> Optional<T> attribute(String name, Class<T> type) {
    Object value = attributes.get(name);
    return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
  }

  /** What answers for this context may be cached under; absent if they must not be cached. */
  public Optional<String> cacheKey() {
    return cacheKey;
  }

  /** The address under which the client reached the server; absent outside a request. */
  public Optional<URI> baseUri() {
    return Optional.ofNullable(baseUri);
  }
}
