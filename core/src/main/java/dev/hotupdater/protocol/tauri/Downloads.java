package dev.hotupdater.protocol.tauri;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.SecondLook;
import dev.hotupdater.protocol.StorageAccess;
import dev.hotupdater.protocol.tauri.AppLookup.Found;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.InvalidReleaseException;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import java.util.Optional;

/**
 * Sends clients that download an artifact to where its bytes are. The time for which a storage lets
 * them download runs from then on, and not from the check. A release that was taken back can still
 * be downloaded by those who were told of it. Safe for use by many threads.
 */
final class Downloads {
  private static final String NO_SUCH_FILE =
      "There is no such file. Check for an update again to get its address.";

  private final AppLookup apps;
  private final StorageAccess storage;
  private final SecondLook secondLook = new SecondLook();

  Downloads(AppLookup apps, StorageAccess storage) {
    this.apps = apps;
    this.storage = storage;
  }

  HttpResponse answer(RouteRequest request) {
    return find(apps.find(request), request)
        .or(() -> secondLook.isDue() ? find(apps.findAgain(request), request) : Optional.empty())
        .map(artifact -> redirect(artifact, request.context()))
        .orElseGet(() -> AppLookup.notFound(NO_SUCH_FILE));
  }

  private static Optional<Artifact> find(Optional<Found> app, RouteRequest request) {
    return app.flatMap(found -> release(found, request))
        .flatMap(release -> artifact(release, request))
        .filter(Artifact::isReady);
  }

  private static Optional<Release> release(Found found, RouteRequest request) {
    return ReleaseId.parse(request.parameter("release_id"))
        .flatMap(found.view()::release)
        .filter(release -> release.appId().equals(found.app().id()))
        .filter(release -> release.state() != ReleaseState.DRAFT);
  }

  private static Optional<Artifact> artifact(Release release, RouteRequest request) {
    return request.hasParameter("artifact_id")
        ? ReleaseId.parse(request.parameter("artifact_id")).flatMap(release::artifact)
        : target(request).flatMap(release::artifact);
  }

  private static Optional<ArtifactTarget> target(RouteRequest request) {
    String target = ClientDescription.canonicalTarget(request.parameter("target"));
    try {
      return Optional.of(ArtifactTarget.of(target, request.parameter("arch")));
    } catch (InvalidReleaseException e) {
      return Optional.empty();
    }
  }

  private HttpResponse redirect(Artifact artifact, RequestContext context) {
    String url =
        storage.withinDeadline(() -> storage.downloadAddress(artifact.storageUri(), context)).url();
    return HttpResponse.status(302)
        .header("Location", url)
        .header("Cache-Control", "no-store")
        .build();
  }
}
