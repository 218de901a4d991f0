package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.AppId;
import dev.hotupdater.release.ReleaseId;

/** Names an artifact, and the request that something is done with it for. */
record ArtifactRef(AppId app, ReleaseId release, ReleaseId artifact, RequestContext context) {}
