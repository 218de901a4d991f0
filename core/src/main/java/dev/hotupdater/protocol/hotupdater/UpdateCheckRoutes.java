package dev.hotupdater.protocol.hotupdater;

import dev.hotupdater.bundle.BundleId;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.bundle.Platform;
import dev.hotupdater.bundle.UpdateCheck;
import dev.hotupdater.http.Access;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.MalformedRequestException;
import dev.hotupdater.http.Route;
import dev.hotupdater.http.RouteHandler;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.RouteGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers devices that ask for an update. Public, since devices have no credentials. Mounted unless
 * the server is built without.
 */
public final class UpdateCheckRoutes implements RouteGroup {
  private static final String REST = "/:channel/:minBundleId/:bundleId";

  private UpdateCheckRoutes() {}

  /** The group. */
  public static UpdateCheckRoutes create() {
    return new UpdateCheckRoutes();
  }

  @Override
  public String name() {
    return "updateCheck";
  }

  @Override
  public Access access() {
    return Access.delegated();
  }

  @Override
  public List<Route> routes(Backend backend) {
    UpdateResolver resolver = new UpdateResolver(backend);
    List<Route> routes = new ArrayList<>();
    addRoutes(
        routes,
        "/app-version/:platform/:appVersion",
        answer(
            resolver,
            request ->
                UpdateCheck.ofAppVersion(platform(request), request.parameter("appVersion"))));
    addRoutes(
        routes,
        "/fingerprint/:platform/:fingerprintHash",
        answer(
            resolver,
            request ->
                UpdateCheck.ofFingerprint(
                    platform(request), request.parameter("fingerprintHash"))));
    return routes;
  }

  private static void addRoutes(List<Route> routes, String start, RouteHandler handler) {
    routes.add(Route.of("GET", start + REST, handler));
    routes.add(Route.of("GET", start + REST + "/:cohort", handler));
  }

  private static RouteHandler answer(
      UpdateResolver resolver, Function<RouteRequest, UpdateCheck.Builder> start) {
    return request -> {
      UpdateCheck check =
          start
              .apply(request)
              .channel(request.parameter("channel"))
              .minBundleId(bundleId(request, "minBundleId"))
              .bundleId(bundleId(request, "bundleId"))
              .cohort(cohort(request))
              .build();
      String json =
          resolver
              .resolve(check, request.context())
              .map(info -> UpdateInfoJson.write(info).toString())
              .orElseGet(() -> noUpdate(request));
      return HttpResponse.status(200)
          .header("Cache-Control", "no-cache")
          .header("Vary", SdkVersion.HEADER)
          .json(json)
          .build();
    };
  }

  private static String noUpdate(RouteRequest request) {
    return SdkVersion.understandsUpToDate(request.header(SdkVersion.HEADER))
        ? "{\"status\":\"UP_TO_DATE\"}"
        : "null";
  }

  private static Platform platform(RouteRequest request) {
    return RequestPlatform.parse(request.parameter("platform"));
  }

  private static BundleId bundleId(RouteRequest request, String name) {
    return BundleId.parse(request.parameter(name))
        .orElseThrow(
            () ->
                new MalformedRequestException(
                    "Invalid route parameter: " + name + ". Expected a UUID."));
  }

  private static Optional<Cohort> cohort(RouteRequest request) {
    return request.hasParameter("cohort")
        ? Optional.of(Cohort.of(request.parameter("cohort")))
        : Optional.empty();
  }
}
