package dev.hotupdater.protocol.liveupdates;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hotupdater.bundle.Cohort;
import dev.hotupdater.http.HttpResponse;
import dev.hotupdater.liveupdate.WebArtifact;
import dev.hotupdater.release.App;
import dev.hotupdater.release.Artifact;
import dev.hotupdater.release.ChannelSettingsJson;
import dev.hotupdater.release.DeliveryRulesJson;
import dev.hotupdater.release.Release;

/** Apps and releases as those get them who manage them. */
final class Answers {
  private Answers() {}

  static HttpResponse ok(JsonNode json) {
    return HttpResponse.uncached(200, json.toString()).build();
  }

  static ObjectNode app(App app) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", app.id().value());
    json.put("default_channel", app.liveUpdates().defaultChannel());
    json.set("rules", DeliveryRulesJson.write(app.liveUpdates().rules()));
    ObjectNode channels = json.putObject("channels");
    app.liveUpdates()
        .channels()
        .forEach((name, settings) -> channels.set(name, ChannelSettingsJson.write(settings)));
    return json;
  }

  static ObjectNode release(Release release) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", release.id().value());
    json.put("channel", release.channel());
    json.put("version", release.version().toString());
    json.put("state", release.state().jsonName());
    json.put("sequence", release.sequence());
    json.put("created_at", release.createdAt().toString());
    release.publishedAt().ifPresent(time -> json.put("published_at", time.toString()));
    json.put("notes", release.notes());
    json.put("mandatory", release.mandatory());
    json.put("rollout", release.rollout().count());
    ArrayNode cohorts = json.putArray("target_cohorts");
    release.targetCohorts().stream().map(Cohort::toString).sorted().forEach(cohorts::add);
    release
        .minAppVersion()
        .ifPresent(version -> json.put("min_native_version", version.toString()));
    json.set("rules", DeliveryRulesJson.write(release.rules()));
    ArrayNode bundles = json.putArray("bundles");
    release.artifacts().stream()
        .filter(WebArtifact::is)
        .forEach(artifact -> bundles.add(bundle(artifact)));
    return json;
  }

  private static ObjectNode bundle(Artifact artifact) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("platform", artifact.target().target());
    json.put("size", artifact.size());
    artifact.sha256().ifPresent(hash -> json.put("sha256", hash));
    artifact.fileName().ifPresent(name -> json.put("file_name", name));
    json.put("encrypted", WebArtifact.of(artifact).encryption().isPresent());
    json.put("manifest", WebArtifact.of(artifact).manifestUri().isPresent());
    return json;
  }
}
