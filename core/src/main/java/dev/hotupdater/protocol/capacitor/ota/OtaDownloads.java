package dev.hotupdater.protocol.capacitor.ota;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.SecondLook;
import dev.hotupdater.protocol.StoredDownload;
import dev.hotupdater.release.ReleaseState;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives everybody what was uploaded for everybody. What was deleted is gone; what was only taken
 * back can still be downloaded by those who were told of it. Safe for use by many threads.
 */
final class OtaDownloads {
  private final Uploads uploads;
  private final StoredDownload download;
  private final SecondLook secondLook = new SecondLook();

  OtaDownloads(Uploads uploads, StoredDownload download) {
    this.uploads = uploads;
    this.download = download;
  }

  /** The file with the key in the path. */
  HttpResponse byKey(RouteRequest request) {
    Optional<OtaKey> key = OtaKey.parse(request.parameter("key"));
    return answer(
        request,
        view ->
            key.flatMap(each -> uploads.find(view, each))
                .filter(upload -> uploads.isForEverybody(view, upload)));
  }

  /** The package of the version in the path. */
  HttpResponse packageByVersion(RouteRequest request) {
    Optional<OtaKey> key = OtaKey.ofPackageVersion(request.parameter("version"));
    return answer(request, view -> key.flatMap(each -> uploads.find(view, each)));
  }

  private HttpResponse answer(
      RouteRequest request, Function<ReleaseView, Optional<Upload>> search) {
    return there(search.apply(uploads.view(request.context())))
        .or(
            () ->
                secondLook.isDue()
                    ? there(search.apply(uploads.freshView(request.context())))
                    : Optional.empty())
        .map(upload -> content(request, upload))
        .orElseGet(() -> OtaJson.notFound("There is no such file. It may have been deleted."));
  }

  private static Optional<Upload> there(Optional<Upload> upload) {
    return upload.filter(found -> found.release().state() != ReleaseState.REMOVED);
  }

  private HttpResponse content(RouteRequest request, Upload upload) {
    return download.answer(
        request.http(), upload.artifact(), upload.key().toString(), request.context());
  }
}
