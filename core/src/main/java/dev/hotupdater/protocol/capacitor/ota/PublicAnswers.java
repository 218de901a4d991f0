package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.JsonAnswer;
import java.util.Optional;

/** Tells everybody what is active. Immutable. */
final class PublicAnswers {
  /** Caches ask each time whether it is still right. */
  private static final String REVALIDATE = "no-cache";

  private final Uploads uploads;
  private final OtaAddresses addresses;

  PublicAnswers(Uploads uploads, OtaAddresses addresses) {
    this.uploads = uploads;
    this.addresses = addresses;
  }

  /** The web bundle of a channel that is active, for all platforms or for the one in the query. */
  HttpResponse manifest(RouteRequest request) {
    ReleaseView view = uploads.view(request.context());
    String channel = request.parameter("channel");
    Optional<Upload> active =
        request
            .query()
            .first("platform")
            .map(platform -> uploads.active(view, channel, platform))
            .orElseGet(() -> uploads.active(view, channel))
            .filter(upload -> uploads.isForEverybody(view, upload));
    return answer(request, active, "The channel has no bundle.");
  }

  /** The package that is the latest. */
  HttpResponse latestPackage(RouteRequest request) {
    return answer(request, latest(request), "There is no package.");
  }

  /** Where the latest package is, for those who ask for the package itself. */
  HttpResponse latestPackageDownload(RouteRequest request) {
    return latest(request)
        .map(
            upload ->
                HttpResponse.status(302)
                    .header("Location", addresses.url(upload, request.context()))
                    .header("Cache-Control", "no-store")
                    .build())
        .orElseGet(() -> OtaJson.notFound("There is no package."));
  }

  private Optional<Upload> latest(RouteRequest request) {
    return uploads.latestPackage(uploads.view(request.context()));
  }

  private HttpResponse answer(RouteRequest request, Optional<Upload> upload, String error) {
    return upload
        .map(found -> OtaJson.manifest(found, addresses, request.context()).toString())
        .map(json -> JsonAnswer.of(json).respond(request.http(), REVALIDATE))
        .orElseGet(() -> OtaJson.notFound(error));
  }
}
