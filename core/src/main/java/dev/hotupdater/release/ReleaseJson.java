package dev.hotupdater.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import java.util.List;

/** Releases as the JSON that databases keep. What is written twice is the same text. */
public final class ReleaseJson {
  private ReleaseJson() {}

  /** The release as JSON. */
  public static ObjectNode write(Release release) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", release.id().value());
    json.put("app_id", release.appId().value());
    json.put("channel", release.channel());
    json.put("version", release.version().toString());
    json.put("notes", release.notes());
    release.signature().ifPresent(signature -> json.put("signature", signature));
    json.put("announcement", release.announcement().jsonName());
    json.put("state", release.state().jsonName());
    json.put("created_at", release.createdAt().toString());
    release.publishedAt().ifPresent(time -> json.put("published_at", time.toString()));
    json.put("mandatory", release.mandatory());
    release.minAppVersion().ifPresent(version -> json.put("min_app_version", version.toString()));
    json.put("rollout", release.rollout().count());
    if (!release.targetCohorts().isEmpty()) {
      ArrayNode cohorts = json.putArray("target_cohorts");
      release.targetCohorts().stream().map(Cohort::toString).sorted().forEach(cohorts::add);
    }
    if (release.sequence() > 0) {
      json.put("sequence", release.sequence());
    }
    if (release.uploadSequence() != release.sequence()) {
      json.put("upload_sequence", release.uploadSequence());
    }
    if (!release.rules().equals(DeliveryRules.NONE)) {
      json.set("rules", DeliveryRulesJson.write(release.rules()));
    }
    ArrayNode artifacts = json.putArray("artifacts");
    release.artifacts().forEach(artifact -> artifacts.add(ArtifactJson.write(artifact)));
    if (!release.metadata().toObject().isEmpty()) {
      json.set("metadata", release.metadata().toObject());
    }
    return json;
  }

  /**
   * The release in this JSON.
   *
   * @throws InvalidReleaseException if it is none
   */
  public static Release read(JsonNode json) {
    JsonFields fields = JsonFields.of(json);
    List<Artifact> artifacts =
        fields.objects("artifacts").stream().map(ArtifactJson::read).toList();
    long sequence = fields.optionalNumber("sequence").orElse(0L);
    return Release.builder(
            fields.releaseId("id"),
            AppId.of(fields.text("app_id")),
            ReleaseVersion.of(fields.text("version")),
            fields.instant("created_at"))
        .channel(fields.text("channel"))
        .notes(fields.text("notes"))
        .signature(fields.optionalText("signature"))
        .announcement(fields.choice("announcement", Announcement::fromJsonName))
        .state(fields.choice("state", ReleaseState::fromJsonName))
        .publishedAt(fields.optionalInstant("published_at"))
        .mandatory(fields.bool("mandatory"))
        .minAppVersion(fields.version("min_app_version"))
        .rollout(fields.rollout("rollout"))
        .targetCohorts(fields.texts("target_cohorts").stream().map(Cohort::of).toList())
        .sequence(sequence)
        .uploadSequence(fields.optionalNumber("upload_sequence").orElse(sequence))
        .rules(DeliveryRulesJson.read(fields.object("rules")))
        .artifacts(artifacts)
        .metadata(fields.metadata("metadata"))
        .build();
  }
}
