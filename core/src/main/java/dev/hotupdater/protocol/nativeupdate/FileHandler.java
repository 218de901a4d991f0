package dev.hotupdater.protocol.nativeupdate;

import dev.hotupdater.catalog.ReleaseView;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.QueryParameters;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.liveupdate.AppPackage;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.protocol.Backend;
import dev.hotupdater.protocol.SecondLook;
import dev.hotupdater.protocol.StoredDownload;
import dev.hotupdater.release.App;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseState;
import dev.hotupdater.release.UnsaidChannels;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gives clients the bytes of bundles and packages. A release that was taken back can still be
 * downloaded by those who were told of it, until its bytes are deleted. Of a channel that may not
 * be named there is nothing: its devices are told addresses of the storage. Safe for use by many
 * threads.
 */
final class FileHandler {
  private final Backend backend;
  private final AppLookup apps;
  private final StoredDownload downloads;
  private final UnsaidChannels unsaidChannels;
  private final SecondLook secondLook = new SecondLook();

  /** A file, and the name that a client should save it under. */
  private record File(Artifact artifact, String name) {}

  FileHandler(
      Backend backend, AppLookup apps, StoredDownload downloads, UnsaidChannels unsaidChannels) {
    this.backend = backend;
    this.apps = apps;
    this.downloads = downloads;
    this.unsaidChannels = unsaidChannels;
  }

  HttpResponse bundle(RouteRequest request) {
    return answer(request, view -> findBundle(request, view));
  }

  HttpResponse androidPackage(RouteRequest request) {
    return answer(request, view -> findPackage(request, view));
  }

  private HttpResponse answer(RouteRequest request, Function<ReleaseView, Optional<File>> find) {
    return find.apply(backend.releases(request.context()).view())
        .or(
            () ->
                secondLook.isDue()
                    ? find.apply(backend.releases(request.context()).freshView())
                    : Optional.empty())
        .map(
            file ->
                downloads.answer(request.http(), file.artifact(), file.name(), request.context()))
        .orElseGet(
            () ->
                HttpResponse.uncached(
                        404,
                        "{\"error\":\"There is no such file. Check for an update to get its"
                            + " address.\"}")
                    .build());
  }

  private Optional<File> findBundle(RouteRequest request, ReleaseView view) {
    QueryParameters query = request.query();
    Optional<App> app = apps.of(request, query).flatMap(view::app);
    if (app.isEmpty()) {
      return Optional.empty();
    }
    String channel = query.first("channel").orElse(app.get().liveUpdates().defaultChannel());
    if (!app.get().liveUpdates().canBeNamed(channel, unsaidChannels)) {
      return Optional.empty();
    }
    // Not a hint of the client: one address stands for the same bytes for ever.
    String platform = query.first("platform").orElse(WebArtifact.ANY_PLATFORM);
    return view.liveUpdates(app.get().id(), channel)
        .release(request.parameter("version"))
        .filter(FileHandler::isDownloadable)
        .flatMap(release -> WebArtifact.in(release, platform))
        .filter(artifact -> WebArtifact.of(artifact).encryption().isEmpty())
        .map(artifact -> file(app.get().id(), request, artifact, ".zip"));
  }

  private Optional<File> findPackage(RouteRequest request, ReleaseView view) {
    Optional<AppId> app = apps.of(request, request.query());
    return app.stream()
        .flatMap(id -> view.releases(id).stream())
        .filter(release -> release.channel().equals(AppPackage.CHANNEL))
        .filter(release -> release.version().toString().equals(request.parameter("version")))
        .filter(FileHandler::isDownloadable)
        .flatMap(release -> release.artifact(AppPackage.TARGET).stream())
        .filter(Artifact::isReady)
        .findFirst()
        .map(artifact -> file(app.orElseThrow(), request, artifact, ".apk"));
  }

  private static boolean isDownloadable(Release release) {
    return release.state() == ReleaseState.PUBLISHED || release.state() == ReleaseState.YANKED;
  }

  private static File file(AppId app, RouteRequest request, Artifact artifact, String ending) {
    return new File(
        artifact,
        artifact.fileName().orElseGet(() -> app + "-" + request.parameter("version") + ending));
  }
}
