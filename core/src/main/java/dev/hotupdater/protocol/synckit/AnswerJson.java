package dev.hotupdater.protocol.synckit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.publishing.ReleasePublishing;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ArtifactSignature;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.VerificationKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Apps, releases and artifacts as publishers get them. */
final class AnswerJson {
  private AnswerJson() {}

  static ObjectNode slug(App app) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("app_id", app.id().value());
    app.slug().ifPresent(slug -> json.put("slug", slug.value()));
    return json;
  }

  static ObjectNode app(App app) {
    ObjectNode json = slug(app);
    ArrayNode keys = json.putArray("keys");
    for (VerificationKey key : app.keys()) {
      ObjectNode element = keys.addObject();
      element.put("id", key.id());
      element.put("public_key", key.text());
      key.since().ifPresent(since -> element.put("since", since.toString()));
    }
    json.put("created_at", time(app.createdAt()));
    return json;
  }

  /** The fields that are documented are always there, so a draft has the time of its creation. */
  static ObjectNode release(Release release) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", release.id().value());
    json.put("version", release.version().toString());
    json.put("notes", release.notes());
    json.put("signature", release.signature().orElse(""));
    json.put("pub_date", time(release.publishedAt().orElse(release.createdAt())));
    json.put("created_at", time(release.createdAt()));
    json.put("state", release.state().jsonName());
    json.put("channel", release.channel());
    json.put("announcement", release.announcement().jsonName());
    json.put("mandatory", release.mandatory());
    release.minAppVersion().ifPresent(version -> json.put("min_app_version", version.toString()));
    json.put("rollout", release.rollout().count());
    ArrayNode cohorts = json.putArray("target_cohorts");
    release.targetCohorts().stream().map(Cohort::toString).sorted().forEach(cohorts::add);
    return json;
  }

  static ObjectNode releaseWithArtifacts(Release release) {
    ObjectNode json = release(release);
    ArrayNode artifacts = json.putArray("artifacts");
    release.artifacts().forEach(artifact -> artifacts.add(artifact(artifact)));
    return json;
  }

  static ObjectNode artifact(Artifact artifact) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("artifact_id", artifact.id().value());
    json.put("target", artifact.target().target());
    json.put("arch", artifact.target().arch());
    artifact.target().bundleType().ifPresent(type -> json.put("bundle_type", type));
    artifact.target().packaging().ifPresent(each -> json.put("packaging", each.jsonName()));
    json.put("state", artifact.state().jsonName());
    json.put("file_size", artifact.size());
    artifact.fileName().ifPresent(name -> json.put("file_name", name));
    artifact.sha256().ifPresent(hash -> json.put("sha256", hash));
    ArrayNode signatures = json.putArray("signatures");
    for (ArtifactSignature signature : artifact.signatures()) {
      ObjectNode element = signatures.addObject();
      element.put("signature", signature.text());
      signature.keyId().ifPresent(keyId -> element.put("key_id", keyId));
    }
    json.put("created_at", time(artifact.createdAt()));
    if (!artifact.isReady()) {
      json.put("expires_at", time(artifact.uploadExpiry()));
      ReleasePublishing.rejection(artifact).ifPresent(text -> json.put("rejection", text));
    }
    return json;
  }

  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
