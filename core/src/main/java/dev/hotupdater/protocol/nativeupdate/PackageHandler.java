package dev.hotupdater.protocol.nativeupdate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.NativeVersion;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseCheck;
import dev.hotupdater.release.ReleaseDecision;
import dev.hotupdater.release.ReleaseDecision.Nothing;
import dev.hotupdater.release.ReleaseDecision.Offer;
import dev.hotupdater.release.ReleaseVersion;
import java.util.List;
import java.util.Optional;

/**
 * Tells apps on Android of a newer package of themselves. Safe for use by many threads.
 *
 * <p>Source: Capacitor protocols, section C1, "TS app update".
 */
final class PackageHandler {
  private static final ReleaseVersion NONE = ReleaseVersion.of("0.0.0-0");

  private final Backend backend;
  private final AppLookup apps;
  private final Addresses addresses;

  PackageHandler(Backend backend, AppLookup apps, Addresses addresses) {
    this.backend = backend;
    this.apps = apps;
    this.addresses = addresses;
  }

  HttpResponse answer(RouteRequest request) {
    QueryParameters query = request.query();
    Optional<App> app =
        apps.of(request, query).flatMap(backend.releases(request.context()).view()::app);
    if (app.isEmpty()) {
      return nothing("unknown_app");
    }
    String platform = query.first("platform").orElse(AppPackage.PLATFORM);
    if (!platform.equalsIgnoreCase(AppPackage.PLATFORM)) {
      return nothing("platform");
    }
    ReleaseDecision decision =
        backend
            .releases(request.context())
            .view()
            .line(app.get().id(), AppPackage.CHANNEL)
            .decide(check(query.first("current").flatMap(NativeVersion::parse).orElse(NONE)));
    return decision instanceof Offer offer
        ? update(offer, request)
        : nothing(((Nothing) decision).reason().name());
  }

  private static ReleaseCheck check(ReleaseVersion current) {
    return new ReleaseCheck(
        AppPackage.CHANNEL,
        current,
        AppPackage.PLATFORM,
        AppPackage.CHANNEL,
        Optional.empty(),
        List.of(Packaging.values()),
        Optional.empty(),
        false);
  }

  private HttpResponse update(Offer offer, RouteRequest request) {
    Release release = offer.release();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("updateAvailable", true);
    json.put("version", release.version().toString());
    json.put("priority", release.mandatory() ? "IMMEDIATE" : "MEDIUM");
    json.put("releaseNotes", release.notes());
    json.put("size", offer.artifact().size());
    json.put("checksum", offer.artifact().sha256().orElseThrow());
    json.put("downloadUrl", addresses.androidPackage(release, request.context()));
    return UpdateAnswers.answer(200, json);
  }

  private static HttpResponse nothing(String reason) {
    return UpdateAnswers.nothing(404, reason, Optional.empty(), Optional.empty());
  }
}
