package dev.hotupdater.cli.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hotupdater.bundle.Rollout;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseId;
import dev.hotupdater.release.ReleaseState;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A release as the server has it. Immutable.
 *
 * @param state how far it has come, by its name in JSON
 * @param announcement when it is offered, by its name in JSON
 * @param rollout to how many of the cohorts it is offered; {@link Rollout#FULL} if it does not say
 */
record RemoteRelease(
    ReleaseId id,
    String version,
    String channel,
    String state,
    String announcement,
    String notes,
    boolean mandatory,
    int rollout,
    List<RemoteArtifact> artifacts) {

  static RemoteRelease read(JsonNode json) {
    ReleaseId id =
        ReleaseId.parse(json.path("id").asText())
            .orElseThrow(
                () ->
                    new PublishException(
                        "The server answered with something other than a release. Check"
                            + " --server."));
    return new RemoteRelease(
        id,
        json.path("version").asText(),
        json.path("channel").asText(Release.Builder.DEFAULT_CHANNEL),
        json.path("state").asText(),
        json.path("announcement").asText(),
        json.path("notes").asText(),
        json.path("mandatory").asBoolean(),
        json.path("rollout").asInt(Rollout.FULL.count()),
        StreamSupport.stream(json.path("artifacts").spliterator(), false)
            .map(RemoteArtifact::read)
            .flatMap(Optional::stream)
            .toList());
  }

  boolean isDraft() {
    return state.equals(ReleaseState.DRAFT.jsonName());
  }

  boolean isPublished() {
    return state.equals(ReleaseState.PUBLISHED.jsonName());
  }

  /** Whether nobody is offered it before it is published as a whole. */
  boolean waitsForPublication() {
    return announcement.equals(Announcement.ON_PUBLISH.jsonName());
  }

  /** The artifact for exactly this target. */
  Optional<RemoteArtifact> artifact(ArtifactTarget target) {
    return artifacts.stream().filter(artifact -> artifact.target().equals(target)).findFirst();
  }
}
