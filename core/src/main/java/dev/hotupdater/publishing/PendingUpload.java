package dev.hotupdater.publishing;

import dev.hotupdater.context.RequestContext;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseRules;
import java.time.Instant;

/** An artifact whose upload is waited for, as a view of the releases has it. Immutable. */
record PendingUpload(App app, Release release, Artifact artifact, RequestContext context) {
  ReleaseId id() {
    return artifact.id();
  }

  ArtifactRef ref() {
    return new ArtifactRef(app.id(), release.id(), artifact.id(), context);
  }

  boolean canComplete() {
    return Completion.needsNothingElse(release, artifact) && ReleaseRules.acceptsArtifacts(release);
  }

  boolean hasExpiredBefore(Instant limit) {
    return artifact.uploadExpiry().isBefore(limit);
  }
}
