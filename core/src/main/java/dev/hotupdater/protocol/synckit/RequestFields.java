package dev.hotupdater.protocol.synckit;

import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.http.RouteRequest;
import dev.hotupdater.protocol.RequestJson;
import dev.hotupdater.publishing.AppKey;
import dev.hotupdater.publishing.NewArtifact;
import dev.hotupdater.publishing.NewRelease;
import dev.hotupdater.publishing.RolloutChange;
import dev.hotupdater.publishing.UploadClaims;
import dev.hotupdater.release.Announcement;
import dev.hotupdater.release.ArtifactTarget;
import dev.hotupdater.release.JsonFields;
import dev.hotupdater.release.Packaging;
import dev.hotupdater.release.Release;
import dev.hotupdater.release.ReleaseVersion;
import dev.hotupdater.release.Slug;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is in the bodies of requests. Fields that are not known are left alone. */
final class RequestFields {
  private static final int MAX_BODY_BYTES = 64 * 1024;

  private RequestFields() {}

  static Slug slug(RouteRequest request) {
    return Slug.of(fields(request).text("slug"));
  }

  static List<AppKey> keys(RouteRequest request) {
    JsonFields fields = fields(request);
    if (!fields.has("keys")) {
      // Whoever forgets the field does not mean to take all keys away.
      throw fields.invalid("keys", "must be an array, which may be empty");
    }
    return fields.objects("keys").stream()
        .map(key -> new AppKey(key.text("public_key"), key.version("since")))
        .toList();
  }

  static NewRelease release(RouteRequest request) {
    JsonFields fields = fields(request);
    return NewRelease.builder(ReleaseVersion.of(fields.text("version")))
        .notes(fields.optionalText("notes").orElse(""))
        .signature(fields.optionalText("signature").orElse(""))
        .channel(fields.optionalText("channel").orElse(Release.Builder.DEFAULT_CHANNEL))
        .mandatory(fields.bool("mandatory"))
        .minAppVersion(fields.version("min_app_version"))
        .rollout(fields.rollout("rollout"))
        .targetCohorts(cohorts(fields))
        .announcement(
            fields
                .optionalChoice("announcement", Announcement::fromJsonName)
                .orElse(Announcement.ON_COMPLETION))
        .build();
  }

  static NewArtifact artifact(RouteRequest request) {
    JsonFields fields = fields(request);
    ArtifactTarget target =
        new ArtifactTarget(
            fields.text("target"),
            fields.text("arch"),
            fields.optionalText("bundle_type"),
            fields.optionalChoice("packaging", Packaging::fromJsonName));
    return new NewArtifact(
        target, fields.number("file_size"), fields.optionalText("file_name"), claims(fields));
  }

  static UploadClaims claims(RouteRequest request) {
    return RequestJson.readOptional(request, MAX_BODY_BYTES)
        .map(json -> claims(JsonFields.of(json)))
        .orElseGet(UploadClaims::none);
  }

  private static UploadClaims claims(JsonFields fields) {
    List<String> signatures = new ArrayList<>();
    fields.optionalText("signature").ifPresent(signatures::add);
    signatures.addAll(fields.texts("signatures"));
    signatures.removeIf(String::isBlank);
    return new UploadClaims(fields.optionalText("sha256"), signatures);
  }

  static RolloutChange rolloutChange(RouteRequest request) {
    JsonFields fields = fields(request);
    boolean hasRollout = fields.has("rollout");
    boolean hasCohorts = fields.has("target_cohorts");
    if (!hasRollout && !hasCohorts) {
      throw fields.invalid("rollout", "or the field 'target_cohorts' must be there");
    }
    return new RolloutChange(
        hasRollout ? Optional.of(fields.rollout("rollout")) : Optional.empty(),
        hasCohorts ? Optional.of(cohorts(fields)) : Optional.empty());
  }

  private static Set<Cohort> cohorts(JsonFields fields) {
    return fields.texts("target_cohorts").stream().map(Cohort::of).collect(Collectors.toSet());
  }

  private static JsonFields fields(RouteRequest request) {
    return JsonFields.of(RequestJson.read(request, MAX_BODY_BYTES));
  }
}
