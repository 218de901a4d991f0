package dev.hotupdater.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The JSON form of bundles: what the management routes send and receive, and what databases made of
 * JSON objects hold. Every field is present in the output, {@code null} where it is absent.
 *
 * <p>Source: Hot Updater protocol, "Bundle".
 */
public final class BundleJson {
  private BundleJson() {}

  /** The JSON object of a bundle, with the deprecated mirror of its first patch. */
  public static ObjectNode write(Bundle bundle) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", bundle.id().toString());
    json.put("platform", bundle.platform().wireName());
    json.put("shouldForceUpdate", bundle.shouldForceUpdate());
    json.put("enabled", bundle.enabled());
    json.put("fileHash", bundle.fileHash());
    json.put("gitCommitHash", bundle.gitCommitHash().orElse(null));
    json.put("message", bundle.message().orElse(null));
    json.put("channel", bundle.channel());
    json.put("storageUri", bundle.storageUri());
    json.put("targetAppVersion", bundle.targetAppVersion().orElse(null));
    json.put("fingerprintHash", bundle.fingerprintHash().orElse(null));
    json.set("metadata", bundle.metadata().toObject());
    json.put("manifestStorageUri", bundle.manifestStorageUri().orElse(null));
    json.put("manifestFileHash", bundle.manifestFileHash().orElse(null));
    json.put("assetBaseStorageUri", bundle.assetBaseStorageUri().orElse(null));
    ArrayNode patches = json.putArray("patches");
    bundle.patches().forEach(patch -> patches.add(writePatch(patch)));
    Optional<BundlePatch> first = bundle.patches().stream().findFirst();
    json.put("patchBaseBundleId", first.map(p -> p.baseBundleId().toString()).orElse(null));
    json.put("patchBaseFileHash", first.map(BundlePatch::baseFileHash).orElse(null));
    json.put("patchFileHash", first.map(BundlePatch::patchFileHash).orElse(null));
    json.put("patchStorageUri", first.map(BundlePatch::patchStorageUri).orElse(null));
    json.put("rolloutCohortCount", bundle.rollout().count());
    json.putNull("targetCohorts");
    bundle
        .targetCohorts()
        .ifPresent(
            cohorts -> {
              ArrayNode array = json.putArray("targetCohorts");
              cohorts.forEach(cohort -> array.add(cohort.toString()));
            });
    return json;
  }

  private static ObjectNode writePatch(BundlePatch patch) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("baseBundleId", patch.baseBundleId().toString())
        .put("baseFileHash", patch.baseFileHash())
        .put("patchFileHash", patch.patchFileHash())
        .put("patchStorageUri", patch.patchStorageUri());
  }

  /**
   * Reads a whole bundle. Unknown fields are ignored, and so is the output-only mirror of the first
   * patch.
   *
   * @throws InvalidBundleException if a field is missing, has the wrong type or breaks a rule
   */
  public static Bundle read(JsonNode json) {
    BundleFields fields = BundleFields.of(json);
    Bundle.Builder builder = Bundle.builder().id(fields.bundleId("id"));
    for (BundleField field : BundleField.values()) {
      if (field.isRequired() || fields.has(field.jsonName())) {
        field.read(fields).accept(builder);
      }
    }
    Bundle bundle = builder.build();
    BundleRules.check(bundle);
    return bundle;
  }

  /**
   * Reads a partial bundle. Only the fields that are present become part of the change: an explicit
   * {@code null} clears a field that may be absent, {@code metadata} is merged key by key, {@code
   * patches} and {@code targetCohorts} are replaced whole. An {@code id} is ignored.
   *
   * @throws InvalidBundleException if a field has the wrong type
   */
  public static BundleChange readChange(JsonNode json) {
    BundleFields fields = BundleFields.of(json);
    List<Consumer<Bundle.Builder>> edits = new ArrayList<>();
    for (BundleField field : BundleField.values()) {
      if (fields.has(field.jsonName())) {
        edits.add(field.read(fields));
      }
    }
    return BundleChange.ofAll(edits);
  }
}
