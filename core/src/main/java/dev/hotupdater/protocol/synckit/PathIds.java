package dev.hotupdater.protocol.synckit;

import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.publishing.UnknownReleaseException;
import dev.hotupdater.release.ReleaseId;

/** The ids in the path of a request. What is no id is the id of nothing. */
final class PathIds {
  private PathIds() {}

  static ReleaseId release(RouteRequest request) {
    return id(request, "release_id");
  }

  static ReleaseId artifact(RouteRequest request) {
    return id(request, "artifact_id");
  }

  private static ReleaseId id(RouteRequest request, String name) {
    return ReleaseId.parse(request.parameter(name))
        .orElseThrow(() -> UnknownReleaseException.notAnId(name));
  }
}
