package dev.hotupdater.protocol.hotupdater;

import static java.util.Objects.requireNonNull;

import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.CachePolicy;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Answers devices that ask for an update. Public, since devices have no credentials. Mounted unless
 * the server is built without.
 */
public final class UpdateCheckRoutes implements RouteGroup {
  private static final String REST = "/:channel/:minBundleId/:bundleId";

  private final CachePolicy cachePolicy;
  private final Optional<CachePurge> cachePurge;

  private UpdateCheckRoutes(Builder builder) {
    cachePolicy = builder.cachePolicy;
    cachePurge = builder.cachePurge;
  }

  /** The group with the default options. */
  public static UpdateCheckRoutes create() {
    return builder().build();
  }

  /** A builder with the default options. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "updateCheck";
  }

  @Override
  public Access access() {
    return Access.delegated();
  }

  /** Whether a cache in front of the server is purged when answers change. */
  public boolean purgesCaches() {
    return cachePurge.isPresent();
  }

  @Override
  public List<Route> routes(Backend backend) {
    UpdateCheckHandler handler = new UpdateCheckHandler(backend, cachePolicy);
    cachePurge
        .map(purge -> new PurgeQueue(new AffectedPaths(backend.basePath()), purge))
        .ifPresent(backend::onCatalogChange);
    List<Route> routes = new ArrayList<>();
    addRoutes(
        routes,
        "/app-version/:platform/:appVersion",
        request ->
            handler.answer(
                request,
                UpdateCheck.ofAppVersion(platform(request), request.parameter("appVersion"))));
    addRoutes(
        routes,
        "/fingerprint/:platform/:fingerprintHash",
        request ->
            handler.answer(
                request,
                UpdateCheck.ofFingerprint(
                    platform(request), request.parameter("fingerprintHash"))));
    return routes;
  }

  private static void addRoutes(List<Route> routes, String start, RouteHandler handler) {
    routes.add(Route.of("GET", start + REST, handler));
    routes.add(Route.of("GET", start + REST + "/:cohort", handler));
  }

  private static Platform platform(RouteRequest request) {
    return RequestPlatform.parse(request.parameter("platform"));
  }

  /** Builds {@link UpdateCheckRoutes}. Not thread-safe. */
  public static final class Builder {
    private CachePolicy cachePolicy = CachePolicy.revalidate();
    private Optional<CachePurge> cachePurge = Optional.empty();

    private Builder() {}

    /**
     * Sets for how long devices and caches may use an answer again. The default is {@link
     * CachePolicy#revalidate()}: they keep it, and ask each time whether it is still right. An
     * answer with download addresses is never allowed to be used for longer than they are handed
     * out, and one that depends on the embedder's context of the request is for the device alone.
     */
    public Builder cachePolicy(CachePolicy cachePolicy) {
      this.cachePolicy = requireNonNull(cachePolicy, "cachePolicy");
      return this;
    }

    /** Sets what removes answers from caches when they are no longer right; the default is none. */
    public Builder cachePurge(CachePurge cachePurge) {
      this.cachePurge = Optional.of(cachePurge);
      return this;
    }

    /** Builds the group. */
    public UpdateCheckRoutes build() {
      return new UpdateCheckRoutes(this);
    }
  }
}
